package dev.steward.estate.price;

/** What has a price in a region. */
public sealed interface Item {
  /** The file of the book that has it. */
  Family family();

  /** Its line there. */
  String key();

  /** What its price is for one of. */
  String unit();

  /** An hour of an EC2 instance: Linux, on demand, on shared hardware. There are no others yet. */
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
    /** Redis OSS and Memcached; Valkey costs less, and the source does not say how much. */
    ELASTICACHE,
    MSK,
    OPENSEARCH,
    REDSHIFT,
    SAGEMAKER_HOSTING
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
    S3_INFREQUENT("GB-month");

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
  }
}
