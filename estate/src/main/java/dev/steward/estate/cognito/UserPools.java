package dev.steward.estate.cognito;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** User pools of Cognito. */
public final class UserPools {
  public static final String ID = "user_pool";

  public static final Attribute<Double> USERS =
      number("users", "about how many", "EstimatedNumberOfUsers");
  public static final Attribute<String> TIER =
      text("tier", "LITE, ESSENTIALS or PLUS", "UserPoolTier");
  public static final Attribute<Instant> CHANGED =
      time("updated", "when it was last changed", "LastModifiedDate");
  public static final Attribute<String> PROTECTED =
      text("deletion_protection", "ACTIVE or INACTIVE", "DeletionProtection");

  public static final Kind KIND =
      Kind.regional(ID, "Cognito user pool", "cognito-idp:ListUserPools")
          .lists("UserPools[]")
          .id("Id")
          .name("Name")
          .created("CreationDate")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 60))
          .detail(
              new Detail(
                  "pool",
                  Call.of("cognito-idp:DescribeUserPool"),
                  Map.of("UserPoolId", Path.at("Id")),
                  "UserPool",
                  Set.of(),
                  List.of(USERS, TIER, PROTECTED)))
          .tags(
              new Tags.Asked(
                  Call.of("cognito-idp:ListTagsForResource"),
                  Map.of("ResourceArn", Path.at("Arn")),
                  "Tags",
                  "",
                  Set.of()))
          .knows(CHANGED)
          .costsUnknown()
          .row();

  private UserPools() {}
}
