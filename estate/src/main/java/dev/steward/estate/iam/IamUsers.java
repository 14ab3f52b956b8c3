package dev.steward.estate.iam;

import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Users of IAM, which costs nothing (IAM user guide, "What is IAM?": no additional charge). */
public final class IamUsers {
  public static final String ID = "iam_user";

  public static final Attribute<Instant> PASSWORD_USED =
      time("password_last_used", "absent: never, or there is none", "PasswordLastUsed");
  public static final Attribute<String> PATH = text("path", "its path", "Path");

  public static final Kind KIND =
      Kind.global(ID, "IAM user", Call.of("iam:ListUsers"))
          .lists("Users[]")
          .id("UserName")
          .name("UserName")
          .created("CreateDate")
          .pages(new Paging("Marker", "Marker", "MaxItems", 1, 100))
          .tags(
              new Tags.Asked(
                  Call.of("iam:ListUserTags"),
                  Map.of("UserName", Path.at("UserName")),
                  "Tags",
                  "Marker",
                  Set.of()))
          .knows(PASSWORD_USED, PATH)
          .costsNothing()
          .row();

  private IamUsers() {}
}
