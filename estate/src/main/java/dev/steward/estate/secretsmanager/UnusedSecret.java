package dev.steward.estate.secretsmanager;

import static dev.steward.estate.shape.Condition.olderThan;
import static dev.steward.estate.shape.Condition.without;

import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;

/** A secret that nobody read for long. A service that made one for itself knows what it is for. */
final class UnusedSecret {
  static final WasteCheck.Row CHECK =
      Shape.check("unused_secret", "Secret that nobody reads")
          .when(
              without(
                  StoredSecrets.OWNER,
                  "Secrets Manager user guide, Secrets managed by other AWS services: OwningService"
                      + " is there if one is"),
              without(
                  StoredSecrets.DELETED,
                  "Secrets Manager API reference, SecretListEntry: DeletedDate is there if it is"
                      + " scheduled for deletion"),
              // Ninety days as Thrifty.
              olderThan(
                  Threshold.days("min_unread_days", 90, 1, "some are read once a quarter"),
                  StoredSecrets.UNREAD))
          .shows(StoredSecrets.ACCESSED, StoredSecrets.PRIMARY)
          .row();

  private UnusedSecret() {}
}
