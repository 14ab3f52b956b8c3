"""KMS keys as AWS's documentation has it. moto evaluates no policy and uses keys without asking.

- A session may do with a key what both its role's policies and its session policy allow, conditions included (IAM user
  guide, Policy evaluation logic; STS API reference, AssumeRole: Policy). A role without any policy of its own stands for
  one that may do everything, as everywhere in this emulator. Key policies are the default ones: they leave it to IAM.
- EBS uses a key in the name of the caller, who needs five actions on it (EBS user guide, Requirements for Amazon EBS
  encryption; https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html), and finds out after it
  has answered (EC2 API reference, CreateVolume and CopySnapshot: KmsKeyId): the volume is gone again, the snapshot is in
  error, with a StateMessage; an instance stays stopped, with the StateReason Client.InternalError
  (https://repost.aws/knowledge-center/kms-iam-ec2-permission).
- RDS needs two (RDS user guide, AWS KMS key management;
  https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html), and refuses with
  KMSKeyNotAccessibleFault (RDS API reference, StartDBInstance, RestoreDBInstanceFromDBSnapshot).
- A key that is not Enabled is not used (KMS developer guide, Key states of AWS KMS keys). The keys that AWS manages take
  everybody in the account who comes by the service; one of an account that is not emulated is taken for shared with this one.
"""

import json
import re
import threading

import moto.ec2.models.elastic_block_store as ebs
import moto.rds.models as rds
from moto.ec2.models import ec2_backends
from moto.ec2.models.instances import Instance, StateReason
from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.rds.exceptions import KMSKeyNotAccessibleFault

# The session of the request, or None for who may do everything.
caller = threading.local()
ACTIONS = {
    "ec2": ("CreateGrant", "Decrypt", "DescribeKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo"),
    "rds": ("CreateGrant", "DescribeKey"),
}
ON_LAUNCH = "Client.InternalError: Client error on launch"
NOT_ACCESSIBLE = "Given key ID is not accessible"

# --- What policies allow ---


def as_list(value):
    return value if isinstance(value, list) else [value]


def like(patterns, value, flags=0):
    return any(re.fullmatch(re.escape(str(p)).replace(r"\*", ".*"), value, flags) for p in as_list(patterns))


def holds(conditions, context):
    for operator, tests in conditions.items():
        for key, wanted in tests.items():
            given = context.get(key)
            if given is None or operator not in ("Bool", "StringEquals", "StringLike"):
                return False
            if operator == "StringLike" and not like(wanted, given):
                return False
            if operator != "StringLike" and given not in [str(w).lower() if operator == "Bool" else w for w in as_list(wanted)]:
                return False
    return True


def allows(documents, action, context):
    allowed = False
    for document in documents:
        document = json.loads(document) if isinstance(document, str) else document
        for statement in as_list(document["Statement"]):
            if not like(statement.get("Action", []), action, re.IGNORECASE) or not holds(statement.get("Condition", {}), context):
                continue
            if statement["Effect"] == "Deny":
                return False
            allowed = True
    return allowed


def may(action, context):
    session = getattr(caller, "session", None)
    if session is None:
        return True
    role = iam_backends[session.role_arn.split(":")[4]]["aws"].get_role_by_arn(session.role_arn)
    own = list(role.policies.values()) + [p.document for p in role.managed_policies.values()]
    return (not own or allows(own, action, context)) and (not session.policy or allows([session.policy], action, context))


def refused(target):
    """The words with which KMS refuses a call that the caller makes himself; None where it does not."""
    action = "kms:" + target.split(".")[-1]
    return None if may(action, {}) else f"User is not authorized to perform: {action} because no policy allows the {action} action"


# --- The use of a key by a service for the caller ---


def key_of(name, account, region):
    if name.startswith("arn:"):
        region, account = name.split(":")[3:5]
    backend = kms_backends[account][region]
    return backend.keys.get(backend.any_id_to_key_id(name))


def usable(name, service, backend):
    """Whether the service can use the key in that account and region for who calls."""
    if getattr(caller, "session", None) is None:
        return True
    key = key_of(name, backend.account_id, backend.region_name)
    foreign = name.startswith("arn:") and name.split(":")[4] != backend.account_id
    if key is None and not foreign or key is not None and (key.key_state != "Enabled" or key.region != backend.region_name):
        return False
    context = {"kms:ViaService": f"{service}.{backend.region_name}.amazonaws.com", "kms:GrantIsForAWSResource": "true"}
    return key is not None and key.key_manager == "AWS" or all(may("kms:" + action, context) for action in ACTIONS[service])


moto_default_key = ebs.EBSBackend._create_default_encryption_key


def default_key(self):
    arn = moto_default_key(self)
    key_of(arn, self.account_id, self.region_name).key_manager = "AWS"
    return arn


ebs.EBSBackend._create_default_encryption_key = default_key

# --- EC2 ---

moto_start = Instance.start


def start(self):
    volumes = [self.ec2_backend.get_volume(d.volume_id) for d in self.block_device_mapping.values() if d.volume_id]
    for volume in volumes:
        if volume.encrypted and volume.kms_key_id and not usable(volume.kms_key_id, "ec2", self.ec2_backend):
            self.state_reason = StateReason(ON_LAUNCH, "Client.InternalError")
            return self._state
    return moto_start(self)


Instance.start = start
create_volume = ebs.EBSBackend.create_volume


def volume_with_key(self, *args, **kwargs):
    volume = create_volume(self, *args, **kwargs)
    volume.doomed = volume.encrypted and not usable(volume.kms_key_id, "ec2", self)
    return volume


ebs.EBSBackend.create_volume = volume_with_key
describe_volumes = ebs.EBSBackend.describe_volumes
status = ebs.Volume.status


def volumes_with_keys(self, volume_ids=None, filters=None):
    """One that comes to nothing is seen once."""
    seen = describe_volumes(self, volume_ids, filters)
    for volume in seen:
        if getattr(volume, "doomed", False):
            self.volumes.pop(volume.id, None)
    return seen


ebs.EBSBackend.describe_volumes = volumes_with_keys
ebs.Volume.status = property(lambda self: "creating" if getattr(self, "doomed", False) else status.fget(self))
create_snapshot = ebs.EBSBackend.create_snapshot


def snapshot_with_key(self, volume_id, *args, **kwargs):
    snapshot = create_snapshot(self, volume_id, *args, **kwargs)
    if snapshot.encrypted and snapshot.kms_key_id and not usable(snapshot.kms_key_id, "ec2", self):
        snapshot.status, snapshot.state_message = "error", NOT_ACCESSIBLE
    return snapshot


ebs.EBSBackend.create_snapshot = snapshot_with_key
copy_snapshot = ebs.EBSBackend.copy_snapshot


def copy_with_key(self, source_snapshot_id, source_region, description, kms_key_id):
    copy = copy_snapshot(self, source_snapshot_id, source_region, description, kms_key_id)
    there = ec2_backends[self.account_id][source_region]
    source = there.get_snapshot(source_snapshot_id)
    keys = [(source, there), (copy, self)]
    if any(s.encrypted and s.kms_key_id and not usable(s.kms_key_id, "ec2", b) for s, b in keys):
        copy.status, copy.state_message = "error", NOT_ACCESSIBLE
    return copy


ebs.EBSBackend.copy_snapshot = copy_with_key
ebs.Snapshot.state_message = None

# --- RDS ---


def demand(database, backend):
    if database is not None and database.storage_encrypted and not usable(database.kms_key_id, "rds", backend):
        raise KMSKeyNotAccessibleFault(database.kms_key_id)


moto_start_db = rds.RDSBackend.start_db_instance
moto_restore_db = rds.RDSBackend.restore_db_instance_from_db_snapshot


def start_db_instance(self, db_instance_identifier):
    demand(self.databases.get(db_instance_identifier), self)
    return moto_start_db(self, db_instance_identifier)


def restore_db_instance(self, from_snapshot_id, overrides):
    demand(self.database_snapshots.get(from_snapshot_id.split(":")[-1]), self)
    return moto_restore_db(self, from_snapshot_id, overrides)


rds.RDSBackend.start_db_instance = start_db_instance
rds.RDSBackend.restore_db_instance_from_db_snapshot = restore_db_instance
moto_database = rds.DBInstance.__init__


def new_database(self, backend, *args, **kwargs):
    """Without a key of its own it has the one that AWS manages for RDS."""
    moto_database(self, backend, *args, **kwargs)
    if self.db_cluster_identifier or self.kms_key_id != "default_kms_key_id":
        return
    kms = kms_backends[backend.account_id][backend.region_name]
    if not kms.alias_exists("alias/aws/rds"):
        key = kms.create_key("", "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "Protects my RDS databases", None)
        key.key_manager = "AWS"
        kms.create_alias(key.id, "alias/aws/rds")
    self.kms_key_id = kms.describe_key("alias/aws/rds").arn


rds.DBInstance.__init__ = new_database
