"""EBS as AWS's documentation has it, where moto differs.

- Volume: Iops of gp2 is its baseline, gp3 has 3,000 and 125 MiB/s unless told otherwise (EC2 API reference,
  CreateVolume, EbsBlockDevice).
- ModifyVolume: another type takes its own defaults, gp3's and io's IOPS are 3,000, throughput 125; limits of gp3
  (EC2 API reference, ModifyVolume; EBS user guide, General Purpose SSD volumes).
- A modification is optimizing before it is completed, no other begins before that, and there are four in 24 hours
  (EC2 API reference, ModifyVolume). DescribeVolumesModifications tells of the latest one.
- What is made from an encrypted snapshot is encrypted with the snapshot's key; a copy takes the key that it was given
  or the region's default (EBS user guide, EBS encryption; EC2 API reference, CopySnapshot).
- A region may encrypt what is made in it by default, with AWS's key or another (EBS user guide, Enable encryption by default):
  volumes and copies of snapshots; a snapshot of a volume is as the volume. A copy with a key is encrypted (CopySnapshot).
- A volume sends VolumeIdleTime to CloudWatch while it is attached, and nothing else (EBS user guide, Amazon CloudWatch
  metrics for Amazon EBS); here every five minutes, unless a test has put values of its own.
- AutoEnableIO of a volume (EC2 API reference, ModifyVolumeAttribute).
- A snapshot says its tier (EC2 API reference, Snapshot: StorageTier); none is archived.
- An attachment says whether the volume goes with its instance
  (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VolumeAttachment.html).
"""

import datetime

import moto.ec2.models.elastic_block_store as ebs
from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends
from moto.ec2.responses.elastic_block_store import ElasticBlockStore

A_DAY = 4
ebs.Snapshot.storage_tier = "standard"
DEFAULTS = {"gp3": (3000, 125), "io1": (3000, None), "io2": (3000, None)}


def shape(kind, size, iops, throughput):
    """IOPS and throughput as DescribeVolumes tells them."""
    if kind == "gp2":
        return min(16000, max(100, 3 * int(size))), None
    if kind not in DEFAULTS:
        return None, None
    standard = DEFAULTS[kind]
    return int(iops or standard[0]), int(throughput or standard[1]) if standard[1] else None


def goes_with_its_instance(self):
    block = self.instance.block_device_mapping.get(self.device)
    return bool(block is not None and block.delete_on_termination)


ebs.VolumeAttachment.delete_on_termination = property(goes_with_its_instance)

moto_volume = ebs.Volume.__init__


def new_volume(self, *args, **kwargs):
    moto_volume(self, *args, **kwargs)
    self.auto_enable_io = False
    # DescribeVolumes says of each whether several may attach it.
    self.multi_attach_enabled = self.multi_attach_enabled or False
    self.iops, self.throughput = shape(self.volume_type, self.size, self.iops, self.throughput)


ebs.Volume.__init__ = new_volume

# --- Modifications ---


def state(self):
    """It is optimizing the first time that somebody asks, and completed from then on."""
    asked = self.__dict__.get("asked", 0)
    return "optimizing" if asked <= 1 else "completed"


ebs.VolumeModification.modification_state = property(state)
ebs.VolumeModification.progress = property(lambda self: 100 if self.modification_state == "completed" else 50)


def modify(self, target_size=None, target_volume_type=None, target_iops=None, target_throughput=None, target_multi_attach_enabled=None):
    if self.modifications and self.modifications[-1].modification_state != "completed":
        raise EC2ClientError(
            "IncorrectModificationState",
            f"Volume {self.id} cannot be modified in modification state {self.modifications[-1].modification_state.upper()}",
        )
    recent = [m for m in self.modifications if ebs.utcnow() - m.start_time < datetime.timedelta(days=1)]
    if len(recent) >= A_DAY:
        raise EC2ClientError(
            "VolumeModificationRateExceeded", f"You've reached the maximum modification rate per volume limit for {self.id}."
        )
    kind = target_volume_type or self.volume_type
    same = kind == self.volume_type
    iops, throughput = shape(
        kind, target_size or self.size, target_iops or (self.iops if same else None), target_throughput or (self.throughput if same else None)
    )
    if kind == "gp3" and (not 3000 <= iops <= 16000 or not 125 <= throughput <= 1000):
        raise EC2ClientError("InvalidParameterValue", "Volume iops or throughput out of range for gp3")
    if kind == "gp3" and throughput > iops * 0.25:
        raise EC2ClientError("InvalidParameterValue", "Throughput (MiBps) to iops ratio is too high; maximum is 0.25 MiBps per iops")
    if kind == "gp3" and iops > max(3000, 500 * int(self.size)):
        raise EC2ClientError("InvalidParameterValue", "Iops to volume size ratio is too high; maximum is 500")
    modification = ebs.VolumeModification(self, target_size, kind, iops, throughput, target_multi_attach_enabled)
    self.modifications.append(modification)
    self.volume_type, self.iops, self.throughput = kind, iops, throughput
    if target_size:
        self.size = target_size
    if target_multi_attach_enabled is not None:
        self.multi_attach_enabled = target_multi_attach_enabled


ebs.Volume.modify = modify


def describe_modifications(self, volume_ids=None, filters=None):
    volumes = self.describe_volumes(volume_ids)
    latest = [v.modifications[-1] for v in volumes if v.modifications]
    if volume_ids and not latest:
        raise EC2ClientError("InvalidVolumeModification.NotFound", f"Modification for volume '{volume_ids[0]}' does not exist.")
    for modification in latest:
        modification.asked = modification.__dict__.get("asked", 0) + 1
    return latest


ebs.EBSBackend.describe_volumes_modifications = describe_modifications

# --- Keys ---

moto_create_volume = ebs.EBSBackend.create_volume


def create_volume(self, size, zone_name, snapshot_id=None, encrypted=False, kms_key_id=None, **more):
    source = self.snapshots.get(snapshot_id) if snapshot_id else None
    if source is not None and source.encrypted and not kms_key_id:
        encrypted, kms_key_id = True, source.kms_key_id
    encrypted = encrypted or self.ebs_encryption_by_default
    return moto_create_volume(self, size, zone_name, snapshot_id=snapshot_id, encrypted=encrypted, kms_key_id=kms_key_id, **more)


ebs.EBSBackend.create_volume = create_volume
moto_create_snapshot = ebs.EBSBackend.create_snapshot


def create_snapshot(self, volume_id, *args, **kwargs):
    snapshot = moto_create_snapshot(self, volume_id, *args, **kwargs)
    snapshot.kms_key_id = self.get_volume(volume_id).kms_key_id
    return snapshot


ebs.EBSBackend.create_snapshot = create_snapshot
moto_copy_snapshot = ebs.EBSBackend.copy_snapshot


def copy_snapshot(self, source_snapshot_id, source_region, description, kms_key_id):
    copy = moto_copy_snapshot(self, source_snapshot_id, source_region, description, kms_key_id)
    copy.encrypted = bool(copy.encrypted or kms_key_id or self.ebs_encryption_by_default)
    if copy.encrypted and not copy.kms_key_id:
        copy.kms_key_id = default_key(self)
    return copy


def default_key(self):
    if not self.default_kms_key_id:
        self._create_default_encryption_key()
    return self.default_kms_key_id


ElasticBlockStore.get_ebs_default_kms_key_id = lambda self: ActionResult({"KmsKeyId": default_key(self.ec2_backend)})


ebs.EBSBackend.copy_snapshot = copy_snapshot

# --- Attributes ---


def describe_volume_attribute(self):
    volume = self.ec2_backend.get_volume(self._get_param("VolumeId"))
    return ActionResult({"VolumeId": volume.id, "AutoEnableIO": {"Value": volume.auto_enable_io}})


def modify_volume_attribute(self):
    volume = self.ec2_backend.get_volume(self._get_param("VolumeId"))
    volume.auto_enable_io = str((self._get_param("AutoEnableIO") or {}).get("Value")).lower() == "true"
    return EmptyResult()


ElasticBlockStore.describe_volume_attribute = describe_volume_attribute
ElasticBlockStore.modify_volume_attribute = modify_volume_attribute

# --- While it is attached ---

FIVE_MINUTES = 300
moto_attach_volume = ebs.EBSBackend.attach_volume
moto_detach_volume = ebs.EBSBackend.detach_volume


def attach_volume(self, volume_id, *args, **kwargs):
    attachment = moto_attach_volume(self, volume_id, *args, **kwargs)
    if attachment:
        self.get_volume(volume_id).__dict__.setdefault("spans", []).append([ebs.utcnow(), None])
    return attachment


def detach_volume(self, volume_id, *args, **kwargs):
    attachment = moto_detach_volume(self, volume_id, *args, **kwargs)
    for span in self.get_volume(volume_id).__dict__.get("spans", []):
        span[1] = span[1] or ebs.utcnow()
    return attachment


ebs.EBSBackend.attach_volume = attach_volume
ebs.EBSBackend.detach_volume = detach_volume


def idle_time(account, region, namespace, name, dimensions, start, end):
    """Points as the emulator keeps them: when, and (count, sum, minimum, maximum). None where it is no such metric."""
    if (namespace, name) != ("AWS/EBS", "VolumeIdleTime"):
        return None
    wanted = {d["Value"] for d in dimensions or [] if d["Name"] == "VolumeId"}
    points = []
    for volume in [v for v in ec2_backends[account][region].volumes.values() if v.id in wanted]:
        for since, until in volume.__dict__.get("spans", []):
            moment = max(start, since.replace(tzinfo=None))
            until = min(end, (until or ebs.utcnow()).replace(tzinfo=None))
            while moment < until:
                points.append((moment, (1, FIVE_MINUTES, FIVE_MINUTES, FIVE_MINUTES)))
                moment += datetime.timedelta(seconds=FIVE_MINUTES)
    return sorted(points)
