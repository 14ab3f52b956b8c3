package dev.steward.estate.price;

import java.util.Arrays;

/** What has a price in a region. */
public sealed interface Item {
  /** The file of the book that has it. */
  Family family();

  /** Its line there. */
  String key();

  /** What its price is for one of. */
  String unit();

  /** An hour of an EC2 instance: Linux, on demand, on shared hardware. */
  record LinuxHour(String type) implements Item {
    @Override
    public Family family() {
      return Family.EC2_LINUX_HOUR;
    }

    @Override
    public String key() {
      return type;
    }

    @Override
    public String unit() {
      return "hour";
    }
  }

  /** A system whose licence is in the price of an EC2 instance. */
  enum LicensedSystem {
    WINDOWS("Windows"),
    RHEL("Red Hat Enterprise Linux"),
    SUSE("SUSE Linux");

    private final String platform;

    LicensedSystem(String platform) {
      this.platform = platform;
    }

    /**
     * As {@code PlatformDetails} of an instance has it (EC2 user guide, AMI billing information).
     */
    public String platform() {
      return platform;
    }
  }

  /** An hour of an EC2 instance with a licence: on demand, on shared hardware. */
  record LicensedHour(LicensedSystem system, String type) implements Item {
    @Override
    public Family family() {
      return Family.EC2_LICENSED_HOUR;
    }

    @Override
    public String key() {
      return system.name().toLowerCase(java.util.Locale.ROOT) + " " + type;
    }

    @Override
    public String unit() {
      return "hour";
    }
  }

  /** Where an RDS instance runs. Two zones have a price of their own: it is not twice one's. */
  enum Deployment {
    SINGLE_AZ("single-az"),
    MULTI_AZ("multi-az");

    private final String key;

    Deployment(String key) {
      this.key = key;
    }
  }

  /**
   * An hour of an RDS instance, without its storage.
   *
   * @param engine as RDS names it; Aurora's is that of a member on standard storage
   * @param instanceClass e.g. {@code db.m5.large}
   */
  record DatabaseHour(String engine, Deployment deployment, String instanceClass) implements Item {
    @Override
    public Family family() {
      return Family.RDS_HOUR;
    }

    @Override
    public String key() {
      return engine + " " + deployment.key + " " + instanceClass;
    }

    @Override
    public String unit() {
      return "hour";
    }
  }

  /** A service whose nodes have a price. */
  enum NodeService {
    /** Redis OSS and Memcached; Valkey costs less. */
    ELASTICACHE,
    ELASTICACHE_VALKEY,
    MSK,
    OPENSEARCH,
    REDSHIFT,
    SAGEMAKER_HOSTING,
    SAGEMAKER_NOTEBOOK,
    /** A single instance; a standby in another zone has a price of its own. */
    ACTIVEMQ,
    ACTIVEMQ_STANDBY,
    RABBITMQ,
    /** The price of the whole cluster of three. */
    RABBITMQ_CLUSTER,
    DOCUMENTDB,
    NEPTUNE,
    MEMORYDB,
    DAX,
    DMS,
    DMS_MULTI_AZ,
    /** What EMR takes beside what EC2 takes for the instance. */
    EMR
  }

  /** An hour of a service's node. */
  record NodeHour(NodeService service, String type) implements Item {
    @Override
    public Family family() {
      return Family.NODE_HOUR;
    }

    @Override
    public String key() {
      return service.name().toLowerCase(java.util.Locale.ROOT) + " " + type;
    }

    @Override
    public String unit() {
      return "hour";
    }
  }

  /** What is paid by the unit. */
  enum Unit implements Item {
    EBS_GP2("GB-month"),
    EBS_GP3("GB-month"),
    EBS_IO1("GB-month"),
    EBS_IO2("GB-month"),
    EBS_ST1("GB-month"),
    EBS_SC1("GB-month"),
    EBS_STANDARD("GB-month"),
    EBS_STANDARD_IO("request"),
    GP3_IOPS("IOPS-month above 3000"),
    GP3_THROUGHPUT("MiB/s-month above 125"),
    IO1_IOPS("IOPS-month"),
    IO2_IOPS("IOPS-month to 32000"),
    IO2_IOPS_TIER2("IOPS-month from 32001 to 64000"),
    IO2_IOPS_TIER3("IOPS-month above 64000"),
    EBS_SNAPSHOT("GB-month"),
    EBS_SNAPSHOT_ARCHIVE("GB-month"),
    EBS_SNAPSHOT_ARCHIVE_RETRIEVAL("GB"),
    FAST_SNAPSHOT_RESTORE("hour and zone"),
    /** The same in every commercial region, as AWS says. */
    PUBLIC_IPV4_HOUR("hour"),
    NAT_GATEWAY_HOUR("hour"),
    LOAD_BALANCER_HOUR("hour"),
    GATEWAY_LOAD_BALANCER_HOUR("hour"),
    RDS_STORAGE("GB-month"),
    RDS_STORAGE_MULTI_AZ("GB-month"),
    RDS_SNAPSHOT("GB-month"),
    LOGS_STORAGE("GB-month"),
    S3_STANDARD("GB-month"),
    S3_INFREQUENT("GB-month"),
    S3_GLACIER_FLEXIBLE("GB-month"),
    S3_DEEP_ARCHIVE("GB-month"),
    CLASSIC_LOAD_BALANCER_HOUR("hour"),
    VPC_ENDPOINT_HOUR("hour and zone"),
    GATEWAY_LOAD_BALANCER_ENDPOINT_HOUR("hour and zone"),
    VPN_CONNECTION_HOUR("hour"),
    TRANSIT_GATEWAY_ATTACHMENT_HOUR("hour"),
    CLIENT_VPN_ASSOCIATION_HOUR("hour"),
    TRAFFIC_MIRROR_SESSION_HOUR("hour"),
    GLOBAL_ACCELERATOR_HOUR("hour"),
    NETWORK_FIREWALL_ENDPOINT_HOUR("hour and zone"),
    HOSTED_ZONE_MONTH("month"),
    HEALTH_CHECK_MONTH("month"),
    HEALTH_CHECK_ELSEWHERE_MONTH("month"),
    RESOLVER_ENDPOINT_HOUR("hour and address"),
    WEB_ACL_MONTH("month"),
    WEB_ACL_RULE_MONTH("month"),
    KMS_KEY_MONTH("month"),
    SECRET_MONTH("month"),
    PRIVATE_CA_MONTH("month"),
    PRIVATE_CA_SHORT_LIVED_MONTH("month"),
    CLOUDHSM_HOUR("hour"),
    PARAMETER_ADVANCED_HOUR("hour"),
    ALARM_MONTH("month and metric"),
    ALARM_HIGH_RESOLUTION_MONTH("month and metric"),
    COMPOSITE_ALARM_MONTH("month"),
    DASHBOARD_MONTH("month"),
    ECR_STORAGE("GB-month"),
    EFS_STANDARD("GB-month"),
    EFS_INFREQUENT("GB-month"),
    EFS_ONE_ZONE("GB-month"),
    EFS_ONE_ZONE_INFREQUENT("GB-month"),
    EFS_THROUGHPUT("MiB/s-month"),
    EFS_BACKUP("GB-month"),
    EFS_BACKUP_COLD("GB-month"),
    FSX_WINDOWS_SSD_MULTI_AZ("GB-month"),
    FSX_WINDOWS_HDD_MULTI_AZ("GB-month"),
    FSX_WINDOWS_THROUGHPUT_MULTI_AZ("MB/s-month"),
    FSX_WINDOWS_BACKUP("GB-month"),
    FSX_LUSTRE_BACKUP("GB-month"),
    FSX_OPENZFS_SSD("GB-month"),
    FSX_OPENZFS_IOPS("IOPS-month"),
    FSX_OPENZFS_THROUGHPUT("MB/s-month"),
    FSX_OPENZFS_BACKUP("GB-month"),
    RDS_IO1_STORAGE("GB-month"),
    RDS_IO1_IOPS("IOPS-month"),
    RDS_MAGNETIC_STORAGE("GB-month"),
    RDS_GP3_IOPS("IOPS-month"),
    RDS_GP3_IOPS_MULTI_AZ("IOPS-month"),
    RDS_EXTENDED_SUPPORT_HOUR("vCPU-hour in years 1 and 2"),
    RDS_EXTENDED_SUPPORT_YEAR_3_HOUR("vCPU-hour in year 3"),
    AURORA_STORAGE("GB-month"),
    AURORA_BACKUP("GB-month"),
    AURORA_CAPACITY_UNIT_HOUR("ACU-hour"),
    AURORA_CAPACITY_UNIT_IO_OPTIMIZED_HOUR("ACU-hour"),
    DOCUMENTDB_STORAGE("GB-month"),
    DOCUMENTDB_BACKUP("GB-month"),
    NEPTUNE_STORAGE("GB-month"),
    NEPTUNE_BACKUP("GB-month"),
    ELASTICACHE_BACKUP("GB-month"),
    REDSHIFT_MANAGED_STORAGE("GB-month"),
    REDSHIFT_BACKUP("GB-month to 50 TB"),
    OPENSEARCH_GP2("GB-month"),
    OPENSEARCH_GP3("GB-month"),
    OPENSEARCH_IO1("GB-month"),
    OPENSEARCH_STANDARD("GB-month"),
    DYNAMODB_READ_HOUR("RCU-hour"),
    DYNAMODB_WRITE_HOUR("WCU-hour"),
    DYNAMODB_STORAGE("GB-month"),
    DYNAMODB_PITR("GB-month"),
    DYNAMODB_BACKUP("GB-month"),
    KINESIS_SHARD_HOUR("hour"),
    KINESIS_STREAM_HOUR("hour"),
    MSK_STORAGE("GB-month"),
    ACTIVEMQ_EFS_STORAGE("GB-month"),
    MQ_EBS_STORAGE("GB-month"),
    FARGATE_VCPU_HOUR("vCPU-hour"),
    FARGATE_MEMORY_HOUR("GB-hour"),
    FARGATE_ARM_VCPU_HOUR("vCPU-hour"),
    FARGATE_ARM_MEMORY_HOUR("GB-hour"),
    EKS_CLUSTER_HOUR("hour"),
    EKS_EXTENDED_SUPPORT_HOUR("hour, with the cluster's own"),
    LAMBDA_PROVISIONED_CONCURRENCY("GB-second"),
    LAMBDA_PROVISIONED_CONCURRENCY_ARM("GB-second"),
    API_GATEWAY_CACHE_05_HOUR("hour"),
    TRANSFER_PROTOCOL_HOUR("hour and protocol"),
    COMPREHEND_UNIT_SECOND("second and inference unit"),
    AIRFLOW_SMALL_HOUR("hour"),
    AIRFLOW_MEDIUM_HOUR("hour"),
    AIRFLOW_LARGE_HOUR("hour");

    private final String unit;

    Unit(String unit) {
      this.unit = unit;
    }

    @Override
    public Family family() {
      return Family.UNIT;
    }

    @Override
    public String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String unit() {
      return unit;
    }
  }

  /** A file of the book. */
  enum Family {
    EC2_LINUX_HOUR("ec2-linux-hour"),
    /** Not in the book that comes with this version. */
    EC2_LICENSED_HOUR("ec2-licensed-hour"),
    RDS_HOUR("rds-hour"),
    NODE_HOUR("node-hour"),
    UNIT("unit");

    private final String id;

    Family(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }

    static Family named(String id) {
      return Arrays.stream(values())
          .filter(family -> family.id.equals(id))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no file of a book is called " + id));
    }

    /** Whether the book that comes with this version has a file of it. */
    public boolean isShipped() {
      return this != EC2_LICENSED_HOUR;
    }
  }
}
