package dev.steward.estate.appsync;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Tags;
import java.util.Map;

/** GraphQL APIs of AppSync. */
public final class GraphqlApis {
  public static final String ID = "appsync_api";

  public static final Attribute<String> TYPE = text("type", "GRAPHQL or MERGED", "apiType");
  public static final Attribute<String> AUTHENTICATION =
      text("authentication", "how callers show who they are", "authenticationType");
  public static final Attribute<String> VISIBILITY =
      text("visibility", "GLOBAL or PRIVATE", "visibility");
  public static final Attribute<Boolean> TRACED =
      flag("traced", "whether X-Ray follows its requests", "xrayEnabled");

  public static final Kind KIND =
      Kind.regional(ID, "AppSync API", "appsync:ListGraphqlApis")
          .asking(Map.of("owner", "CURRENT_ACCOUNT"))
          .lists("graphqlApis[]")
          .id("apiId")
          .name("name")
          .pages(new Paging("nextToken", "nextToken", "maxResults", 1, 25))
          .tags(Tags.listed("tags"))
          .knows(TYPE, AUTHENTICATION, VISIBILITY, TRACED)
          .costsUnknown()
          .row();

  private GraphqlApis() {}
}
