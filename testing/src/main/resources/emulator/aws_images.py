"""RegisterImage as the EC2 API reference has it: the image is what the request says, and its disks are the snapshots
that the request names. moto keeps name and description only, and makes a snapshot of its own; it still does where the
request names no snapshot, since nothing else here makes an image with one.

- A name is an image's own in its region (EC2 API reference, RegisterImage: Name; error code InvalidAMIName.Duplicate).
- An image may be deprecated at a time, not in the past (EC2 API reference, EnableImageDeprecation).
- One that is protected against being deregistered is not (EC2 API reference, EnableImageDeregistrationProtection).
- A snapshot that an image is made of is not deleted (EC2 API reference, DeleteSnapshot).
- DescribeImageAttribute tells the UEFI variables (EC2 API reference, ImageAttribute).
"""

import datetime

import moto.ec2.models.amis as amis
import moto.ec2.models.elastic_block_store as ebs
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.exceptions import EC2ClientError, InvalidSnapshotInUse
from moto.ec2.responses.amis import AmisResponse

moto_mappings = amis.Ami.block_device_mappings.fget
amis.Ami.block_device_mappings = property(lambda self: self.__dict__.get("mappings") or moto_mappings(self))
FIELDS = {
    "Architecture": "architecture",
    "RootDeviceName": "root_device_name",
    "VirtualizationType": "virtualization_type",
    "BootMode": "boot_mode",
    "EnaSupport": "ena_support",
    "SriovNetSupport": "sriov_net_support",
    "TpmSupport": "tpm_support",
    "ImdsSupport": "imds_support",
    "KernelId": "kernel_id",
    "RamdiskId": "ramdisk_id",
    "UefiData": "uefi",
}
amis.Ami.uefi = None
amis.Ami.usage_operation = "RunInstances"
amis.Ami.platform_details = "Linux/UNIX"
amis.Ami.deprecation_time = None
amis.Ami.deregistration_protection = "disabled"


def register_image(self):
    self.error_on_dryrun()
    backend = self.ec2_backend
    twin = next((a.id for a in backend.amis.values() if a.name == self._get_param("Name") and a.owner_id == backend.account_id), None)
    if twin:
        raise EC2ClientError("InvalidAMIName.Duplicate", f"AMI name {self._get_param('Name')} is already in use by AMI {twin}")
    image = backend.register_image(self._get_param("Name"), self._get_param("Description", ""))
    image.boot_mode = None
    image.root_device_type = "ebs"
    for parameter, field in FIELDS.items():
        value = self._get_param(parameter)
        if value is not None:
            setattr(image, field, value)
    disks = self._get_param("BlockDeviceMappings", []) or []
    if any((d.get("Ebs") or {}).get("SnapshotId") for d in disks):
        backend.snapshots.pop(image.ebs_snapshot.id, None)
        image.mappings = disks
    image.add_tags(self._parse_tag_specification().get("image", {}))
    return ActionResult({"ImageId": image.id})


AmisResponse.register_image = register_image

moto_delete_snapshot = ebs.EBSBackend.delete_snapshot


def delete_snapshot(self, snapshot_id):
    for image in self.amis.values():
        if any((d.get("Ebs") or {}).get("SnapshotId") == snapshot_id for d in image.__dict__.get("mappings") or []):
            raise InvalidSnapshotInUse(snapshot_id, image.id)
    return moto_delete_snapshot(self, snapshot_id)


ebs.EBSBackend.delete_snapshot = delete_snapshot
moto_create_image = amis.AmiBackend.create_image


def create_image(self, *args, **kwargs):
    image = moto_create_image(self, *args, **kwargs)
    image.root_device_type = "ebs"
    return image


amis.AmiBackend.create_image = create_image
moto_deregister = AmisResponse.deregister_image
moto_attribute = AmisResponse.describe_image_attribute


def deregister_image(self):
    image = self.ec2_backend.amis.get(self._get_param("ImageId"))
    if image and image.deregistration_protection.startswith("enabled"):
        raise EC2ClientError("OperationNotPermitted", f"The image {image.id} is protected against being deregistered")
    return moto_deregister(self)


def describe_image_attribute(self):
    if self._get_param("Attribute") != "uefiData":
        return moto_attribute(self)
    image = self.ec2_backend.describe_images(ami_ids=[self._get_param("ImageId")])[0]
    return ActionResult({"ImageId": image.id, "UefiData": {"Value": image.uefi} if image.uefi else {}})


def enable_image_deprecation(self):
    image = self.ec2_backend.describe_images(ami_ids=[self._get_param("ImageId")])[0]
    at = self._get_param("DeprecateAt")
    moment = at if isinstance(at, datetime.datetime) else datetime.datetime.fromisoformat(at.replace("Z", "+00:00"))
    if moment.replace(tzinfo=None) < utcnow().replace(tzinfo=None):
        raise EC2ClientError("InvalidParameterValue", "DeprecateAt cannot be in the past")
    image.deprecation_time = moment.strftime("%Y-%m-%dT%H:%M:00.000Z")
    return ActionResult({"Return": True})


def enable_image_deregistration_protection(self):
    image = self.ec2_backend.describe_images(ami_ids=[self._get_param("ImageId")])[0]
    image.deregistration_protection = "enabled-without-cooldown"
    return ActionResult({"Return": "true"})


AmisResponse.deregister_image = deregister_image
AmisResponse.describe_image_attribute = describe_image_attribute
AmisResponse.enable_image_deprecation = enable_image_deprecation
AmisResponse.enable_image_deregistration_protection = enable_image_deregistration_protection
