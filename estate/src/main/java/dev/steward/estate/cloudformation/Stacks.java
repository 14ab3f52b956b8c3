package dev.steward.estate.cloudformation;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Tags;
import dev.steward.estate.iam.Roles;
import java.time.Instant;
import java.util.List;

/** Stacks of CloudFormation. Their parameters and outputs may be secrets, and are not kept. */
public final class Stacks {
  public static final String ID = "cloudformation_stack";

  public static final Attribute<List<String>> PARENT =
      ids("parent", "the stack that it is nested in", "ParentId", ID);
  public static final Attribute<Instant> UPDATED =
      time("updated", "when it was last updated", "LastUpdatedTime");
  public static final Attribute<Boolean> PROTECTED =
      flag("protected", "whether it is kept from deletion", "EnableTerminationProtection");
  public static final Attribute<String> DRIFT =
      text("drift", "as AWS last looked", "DriftInformation.StackDriftStatus");
  public static final Attribute<List<String>> ROLE =
      ids("role", "what it acts as", "RoleARN", Roles.ID);

  /**
   * Operations on types of others than AWS are paid (CloudFormation pricing), and which types a
   * stack has is not asked.
   */
  public static final Kind KIND =
      Kind.regional(ID, "CloudFormation stack", "cloudformation:DescribeStacks")
          .lists("Stacks[]")
          .id("StackId")
          .name("StackName")
          .state("StackStatus")
          .created("CreationTime")
          .pages(Paging.unsized("NextToken"))
          .goneIn("DELETE_COMPLETE")
          .tags(Tags.listed("Tags"))
          .knows(PARENT, UPDATED, PROTECTED, DRIFT, ROLE)
          .costsUnknown()
          .row();

  private Stacks() {}
}
