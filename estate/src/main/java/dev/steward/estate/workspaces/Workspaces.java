package dev.steward.estate.workspaces;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** WorkSpaces. */
public final class Workspaces {
  public static final String ID = "workspace";

  public static final Attribute<String> USER = text("user", "whose it is", "UserName");
  public static final Attribute<String> DIRECTORY =
      text("directory", "where the user is kept", "DirectoryId");
  public static final Attribute<String> BUNDLE = text("bundle", "its bundle", "BundleId");
  public static final Attribute<String> COMPUTE =
      text("compute", "VALUE, STANDARD, …", "WorkspaceProperties.ComputeTypeName");
  public static final Attribute<String> MODE =
      text("running_mode", "ALWAYS_ON or AUTO_STOP", "WorkspaceProperties.RunningMode");
  public static final Attribute<Double> ROOT =
      number("root_gb", "GiB", "WorkspaceProperties.RootVolumeSizeGib");
  public static final Attribute<Double> HOME =
      number("user_gb", "GiB", "WorkspaceProperties.UserVolumeSizeGib");
  public static final Attribute<String> SYSTEM =
      text("system", "WINDOWS_11, …", "WorkspaceProperties.OperatingSystemName");
  public static final Attribute<Instant> CONNECTED =
      time(
          "last_connected",
          "the last connection that AWS knows of; asked in doubt",
          "[0].LastKnownUserConnectionTimestamp");

  public static final Attribute<String> ASKED =
      text(
          "connection",
          "CONNECTED, DISCONNECTED or UNKNOWN; asked in doubt",
          "[0].ConnectionState");

  public static final Kind KIND =
      Kind.regional(ID, "WorkSpace", "workspaces:DescribeWorkspaces")
          .lists("Workspaces[]")
          .id("WorkspaceId")
          .name("ComputerName")
          .state("State")
          .pages(new Paging("NextToken", "NextToken", "Limit", 1, 25))
          .goneIn("TERMINATED")
          .tags(
              new Tags.Asked(
                  Call.of("workspaces:DescribeTags"),
                  Map.of("ResourceId", Path.at("WorkspaceId")),
                  "TagList",
                  "",
                  Set.of()))
          .knows(USER, DIRECTORY, BUNDLE, COMPUTE, MODE, ROOT, HOME, SYSTEM)
          .measures(
              Metric.of(
                  "connected",
                  "AWS/WorkSpaces",
                  "UserConnected",
                  "WorkspaceId",
                  "Maximum",
                  "count"))
          .inDoubt(
              new Detail(
                  "connection",
                  Call.of("workspaces:DescribeWorkspacesConnectionStatus"),
                  Map.of("WorkspaceIds", Path.at("id")),
                  "WorkspacesConnectionStatus",
                  Set.of(),
                  List.of(ASKED, CONNECTED)))
          .costsUnknown()
          .check(WorkspaceChecks.UNUSED)
          .check(WorkspaceChecks.ALWAYS_ON)
          .row();

  private Workspaces() {}
}
