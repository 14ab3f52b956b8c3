package dev.steward.estate.secretsmanager;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Tags;
import dev.steward.estate.lambda.Functions;
import dev.steward.estate.price.Item.Unit;
import java.time.Instant;
import java.util.List;

/** Secrets. Of what they hold nothing is asked. */
public final class StoredSecrets {
  public static final String ID = "secret";

  public static final Attribute<Instant> ACCESSED =
      time("last_accessed", "the day; absent: never read in this region", "LastAccessedDate");
  public static final Attribute<Instant> CHANGED =
      time("last_changed", "when a version or a setting was last changed", "LastChangedDate");
  public static final Attribute<Boolean> ROTATES =
      flag("rotates", "whether it is rotated by itself", "RotationEnabled");
  public static final Attribute<Instant> DELETED =
      time("deleted", "when it was marked to be deleted", "DeletedDate");
  public static final Attribute<String> OWNER =
      text("owning_service", "the service that made it for itself", "OwningService");
  public static final Attribute<String> PRIMARY =
      text("primary_region", "where one that is replicated was made", "PrimaryRegion");
  public static final Attribute<List<String>> ROTATED_BY =
      ids("rotated_by", "the function that rotates it", "RotationLambdaARN", Functions.ID)
          .as(Functions::named);
  public static final Attribute<String> KMS_KEY =
      text(KeyUse.KEY, "its key; absent: the one that AWS manages", "KmsKeyId");

  public static final Attribute<Instant> UNREAD =
      time(
          "unread_since",
          "the last time it was read, or when it was made where it never was",
          "LastAccessedDate || CreatedDate");

  public static final Kind KIND =
      Kind.regional(ID, "Secret", "secretsmanager:ListSecrets")
          .lists("SecretList[]")
          .id("ARN")
          .name("Name")
          .created("CreatedDate")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 100))
          .tags(Tags.listed("Tags"))
          .knows(ACCESSED, CHANGED, ROTATES, DELETED, OWNER, PRIMARY, ROTATED_BY, KMS_KEY, UNREAD)
          .costs((secret, prices) -> prices.units(secret, Unit.SECRET_MONTH, 1))
          .check(UnusedSecret.CHECK)
          .row();

  private StoredSecrets() {}
}
