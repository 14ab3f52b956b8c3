"""RDS as AWS's documentation has it, where moto differs.

- CreateDBSnapshot: the database must be available; while it is made, the database is backing-up
  (RDS API reference, CreateDBSnapshot; RDS user guide, DB instance status). A member of a cluster has no snapshots of its own.
- RestoreDBInstanceFromDBSnapshot: what the request does not name is the service's default: groups, zone, Multi-AZ, protection,
  authentication, exports, monitoring, windows; the IOPS are the backup's, and the storage is gp3 unless the request says
  otherwise; io1, io2 and gp3 want IOPS to be named (RDS API reference, RestoreDBInstanceFromDBSnapshot). gp3 below 400 GiB (Oracle 200)
  takes neither IOPS nor throughput (RDS user guide, gp3 storage). It is creating before it is available.
- ModifyDBInstance: the database must be available, and is modifying for a while (RDS API reference, ModifyDBInstance).
- DeleteDBInstance: deleting for a while; automated backups may be retained (RDS API reference, DeleteDBInstance).
- StopDBInstance: not for replicas, their sources, members of clusters (RDS user guide, Stopping a DB instance temporarily).
- A database has a resource id of its own, which a restored one does not inherit (RDS API reference, DBInstance).

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html
https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
"""

import uuid

import moto.rds.models as rds
from moto.rds.exceptions import (
    DBInstanceNotFoundError,
    InvalidParameterCombination,
    RDSClientError,
)

# What is passing is seen once before it is over.
PASSING = {
    "creating": "available",
    "backing-up": "available",
    "modifying": "available",
    "starting": "available",
    "stopping": "stopped",
}


def wrong_state(database, wanted="available"):
    return RDSClientError(
        "InvalidDBInstanceState", f"Instance {database.db_instance_identifier} is not in {wanted} state: it is {database.status}."
    )


def needs_available(database):
    if database.status != "available":
        raise wrong_state(database)


moto_instance = rds.DBInstance.__init__


def new_instance(self, *args, **kwargs):
    moto_instance(self, *args, **kwargs)
    self.dbi_resource_id = "db-" + uuid.uuid4().hex.upper()[:26]
    self.performance_insights_enabled = bool(kwargs.get("enable_performance_insights"))
    self.performance_insights_retention_period = None
    self.performance_insights_kms_key_id = None
    if self.performance_insights_enabled:
        self.performance_insights_retention_period = kwargs.get("performance_insights_retention_period") or 7
        self.performance_insights_kms_key_id = kwargs.get("performance_insights_kms_key_id")
    self.network_type = kwargs.get("network_type") or "IPV4"
    self.dedicated_log_volume = bool(kwargs.get("dedicated_log_volume"))
    self.processor_features = kwargs.get("processor_features") or []
    self.database_insights_mode = kwargs.get("database_insights_mode") or "standard"
    self.engine_lifecycle_support = kwargs.get("engine_lifecycle_support") or "open-source-rds-extended-support"
    if getattr(self, "multi_az", False):
        self.secondary_availability_zone = f"{self.region}f"


rds.DBInstance.__init__ = new_instance

moto_update = rds.DBInstance.update


def update(self, **kwargs):
    insights = kwargs.pop("enable_performance_insights", None)
    if insights is not None:
        self.performance_insights_enabled = insights
        if insights:
            self.performance_insights_retention_period = kwargs.pop("performance_insights_retention_period", None) or 7
            self.performance_insights_kms_key_id = kwargs.pop("performance_insights_kms_key_id", None)
    port = kwargs.pop("db_port_number", None)
    if port is not None:
        self.port = port
    return moto_update(self, **kwargs)


rds.DBInstance.update = update

# --- Describing: what passes goes on ---

moto_describe = rds.RDSBackend.describe_db_instances
inside = [False]


def describe_db_instances(self, db_instance_identifier=None, filters=None):
    found = moto_describe(self, db_instance_identifier, filters)
    if inside[0]:
        return found
    for database in found:
        seen = database.__dict__.get("seen_as")
        if database.status == seen:
            if database.status == "deleting":
                self.databases.pop(database.db_instance_identifier, None)
            database.status = PASSING.get(database.status, database.status)
        database.seen_as = database.status
    gone = [d for d in found if d.status == "deleting" and d.db_instance_identifier not in self.databases]
    found = [d for d in found if d not in gone]
    if db_instance_identifier and not found:
        raise DBInstanceNotFoundError(db_instance_identifier)
    return found


def within(call):
    """moto's own look at a database is nobody's question."""

    def guarded(self, *args, **kwargs):
        before = inside[0]
        inside[0] = True
        try:
            return call(self, *args, **kwargs)
        finally:
            inside[0] = before

    return guarded


def passes(database, status):
    database.status = status
    database.seen_as = None


rds.RDSBackend.describe_db_instances = describe_db_instances

# --- Snapshots ---

moto_create_snapshot = rds.RDSBackend.create_db_snapshot


def create_db_snapshot(self, db_instance_identifier, db_snapshot_identifier, snapshot_type="manual", *args, **kwargs):
    database = self.databases.get(db_instance_identifier)
    if database is not None and snapshot_type == "manual":
        if database.db_cluster_identifier:
            raise InvalidParameterCombination("The specified instance is a member of a cluster and a snapshot cannot be created directly.")
        needs_available(database)
    snapshot = moto_create_snapshot(self, db_instance_identifier, db_snapshot_identifier, snapshot_type, *args, **kwargs)
    if snapshot_type == "manual":
        passes(database, "backing-up")
    # A snapshot says what it was made of (RDS API reference, DBSnapshot).
    for field in ("iops", "storage_type", "storage_throughput", "option_group_name", "license_model", "availability_zone"):
        setattr(snapshot, field, getattr(database, field, None))
    return snapshot


rds.RDSBackend.create_db_snapshot = create_db_snapshot

# --- Backups: made again under another name where a database came back within the same minute ---


def save_automated_backup(self):
    stamp = rds.utcnow().strftime("%Y-%m-%d-%H-%M")
    name = f"rds:{self.db_instance_identifier}-{stamp}"
    while name in self.backend.database_snapshots:
        name += "-x"
    self.backend.create_auto_snapshot(self.db_instance_identifier, name)


rds.DBInstance.save_automated_backup = save_automated_backup

# --- Restoring ---

OF_THE_BACKUP = (
    "allocated_storage engine engine_version master_username db_name license_model port db_instance_class character_set_name"
).split()
PROVISIONED = ("io1", "io2", "gp3")


def smallest(engine):
    return 200 if engine.startswith("oracle") else 0 if engine.startswith("sqlserver") else 400


@within
def restore(self, from_snapshot_id, overrides):
    snapshot = self.describe_db_snapshots(db_instance_identifier=None, db_snapshot_identifier=from_snapshot_id.split(":")[-1])[0]
    source = snapshot.database
    given = {k: v for k, v in overrides.items() if v is not None and k != "db_snapshot_identifier"}
    if given["db_instance_identifier"] in self.databases:
        raise rds.DBInstanceAlreadyExists()
    if given.get("multi_az") and given.get("availability_zone"):
        raise InvalidParameterCombination("Requesting a specific availability zone is not valid for Multi-AZ instances.")
    kind, iops, throughput = (given.get(k) for k in ("storage_type", "iops", "storage_throughput"))
    if kind in PROVISIONED and not iops:
        raise InvalidParameterCombination(f"You must specify both the storage size and iops when using {kind}.")
    kind = kind or ("io1" if iops else "gp3")
    size = int(given.get("allocated_storage") or snapshot.allocated_storage)
    if kind == "gp3" and (iops or throughput) and size < smallest(source.engine):
        raise InvalidParameterCombination(
            f"You can't specify IOPS or storage throughput for engine {source.engine} and a storage size less than {smallest(source.engine)}."
        )
    made = {name: getattr(source, "_" + name, source.__dict__.get(name)) for name in OF_THE_BACKUP}
    made.update(
        storage_type=kind,
        iops=iops or (source.iops if kind == source.storage_type else None),
        storage_throughput=throughput or (source.storage_throughput if kind == source.storage_type else None),
        storage_encrypted=snapshot.encrypted,
        master_user_password="of the backup",
    )
    if snapshot.encrypted:
        made["kms_key_id"] = snapshot.kms_key_id
    for key, value in given.items():
        made[key] = value
    if "tags" not in given:
        made["tags"] = list(source.tags)
    database = self.create_db_instance(made)
    passes(database, "creating")
    return database


rds.RDSBackend.restore_db_instance_from_db_snapshot = restore

# --- Modifying, stopping, starting, deleting ---

moto_modify = rds.RDSBackend.modify_db_instance


@within
def modify(self, db_instance_identifier, db_kwargs):
    database = moto_describe(self, db_instance_identifier)[0]
    needs_available(database)
    for read_only in ("apply_immediately", "db_instance_identifier"):
        db_kwargs.pop(read_only, None)
    changed = moto_modify(self, db_instance_identifier, db_kwargs)
    passes(changed, "modifying")
    return changed


rds.RDSBackend.modify_db_instance = modify

moto_stop = rds.RDSBackend.stop_db_instance


@within
def stop(self, db_instance_identifier, db_snapshot_identifier=None):
    database = moto_describe(self, db_instance_identifier)[0]
    if database.db_cluster_identifier:
        raise RDSClientError("InvalidDBClusterStateFault", "You can't stop a member of a cluster by itself.")
    needs_available(database)
    if database.is_replica or database.replicas:
        raise RDSClientError("InvalidDBInstanceState", "Instance is a read replica, or the source of one, and cannot be stopped.")
    stopped = moto_stop(self, db_instance_identifier, db_snapshot_identifier)
    passes(stopped, "stopping")
    return stopped


rds.RDSBackend.stop_db_instance = stop

moto_start = rds.RDSBackend.start_db_instance


@within
def start(self, db_instance_identifier):
    started = moto_start(self, db_instance_identifier)
    passes(started, "starting")
    return started


rds.RDSBackend.start_db_instance = start

moto_delete = rds.RDSBackend.delete_db_instance


@within
def delete(self, db_instance_identifier, *args, **kwargs):
    database = self.databases.get(db_instance_identifier)
    if database is not None and database.status in ("deleting", "creating", "backing-up", "modifying"):
        raise wrong_state(database)
    deleted = moto_delete(self, db_instance_identifier, *args, **kwargs)
    # It is there while it is deleting.
    self.databases[db_instance_identifier] = deleted
    passes(deleted, "deleting")
    return deleted


rds.RDSBackend.delete_db_instance = delete
