package dev.steward.estate.kms;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** KMS keys: those that the account made, and those that AWS keeps in it. */
public final class KmsKeys {
  public static final String ID = "kms_key";

  public static final Attribute<String> MANAGER =
      text("manager", "CUSTOMER, or AWS for those that it makes and keeps free", "KeyManager");
  public static final Attribute<String> USAGE =
      text("usage", "ENCRYPT_DECRYPT, SIGN_VERIFY, …", "KeyUsage");
  public static final Attribute<String> SPEC = text("spec", "SYMMETRIC_DEFAULT, …", "KeySpec");
  public static final Attribute<String> ORIGIN =
      text("origin", "AWS_KMS, EXTERNAL, AWS_CLOUDHSM or EXTERNAL_KEY_STORE", "Origin");
  public static final Attribute<Boolean> MULTI_REGION =
      flag("multi_region", "whether it has copies in other regions", "MultiRegion");
  public static final Attribute<Instant> DELETION =
      time("deletion", "when it will be gone", "DeletionDate");
  public static final Attribute<String> DESCRIPTION =
      text("description", "what people wrote", "Description");

  public static final Kind KIND =
      Kind.regional(ID, "KMS key", "kms:ListKeys")
          .lists("Keys[]")
          .id("KeyArn")
          .state("KeyState")
          .created("CreationDate")
          .pages(new Paging("Marker", "NextMarker", "Limit", 1, 100))
          .detail(
              new Detail(
                  "key",
                  Call.of("kms:DescribeKey"),
                  Map.of("KeyId", Path.at("KeyId")),
                  "KeyMetadata",
                  Set.of(),
                  List.of(MANAGER, USAGE, SPEC, ORIGIN, MULTI_REGION, DELETION, DESCRIPTION)))
          .tags(
              new Tags.Asked(
                  Call.of("kms:ListResourceTags"),
                  Map.of("KeyId", Path.at("KeyId")),
                  "Tags",
                  "",
                  Set.of()))
          .used(key -> key.state() == null ? Use.UNKNOWN : Use.of(!key.state().equals("Disabled")))
          .costs(KmsKeys::monthly)
          .check(DisabledKey.CHECK)
          .row();

  private KmsKeys() {}

  /**
   * Those that AWS manages are free, those of the account are paid by the month, disabled ones too,
   * and not while they wait for their deletion (KMS developer guide, "Deleting KMS keys"; KMS
   * pricing). How often the material was rotated, which costs more, AWS does not say here.
   */
  private static Optional<Quote> monthly(Resource key, PriceBook prices) {
    if (MANAGER.is("AWS", key) || "PendingDeletion".equals(key.state()))
      return Optional.of(Quote.NOTHING);
    return MANAGER.is("CUSTOMER", key)
        ? prices.units(key, Unit.KMS_KEY_MONTH, 1)
        : Optional.empty();
  }
}
