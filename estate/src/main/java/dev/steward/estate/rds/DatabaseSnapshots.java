package dev.steward.estate.rds;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Tags;
import dev.steward.estate.price.Item.Unit;
import java.util.List;

/** RDS snapshots. */
public final class DatabaseSnapshots {
  public static final String ID = "rds_snapshot";

  public static final Attribute<Double> SIZE = number("size_gb", "GiB", "AllocatedStorage");
  public static final Attribute<List<String>> INSTANCE =
      ids("instance", "the source instance", "DBInstanceIdentifier", Databases.ID);
  public static final Attribute<String> TYPE = text("type", "manual or automated", "SnapshotType");

  public static final Kind KIND =
      Kind.regional(ID, "RDS snapshot", "rds:DescribeDBSnapshots")
          .lists("DBSnapshots[]")
          .id("DBSnapshotIdentifier")
          .name("DBSnapshotIdentifier")
          .state("Status")
          .created("SnapshotCreateTime")
          .pages(Databases.PAGES)
          .again("DBSnapshotIdentifier")
          .tags(Tags.listed("TagList"))
          .knows(SIZE, INSTANCE, TYPE)
          .carries(Databases.TAGS)
          .costs((snapshot, prices) -> prices.sized(snapshot, Unit.RDS_SNAPSHOT))
          .row();

  private DatabaseSnapshots() {}
}
