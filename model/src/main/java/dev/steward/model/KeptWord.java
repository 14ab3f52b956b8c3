package dev.steward.model;

import java.time.Instant;
import java.util.List;

/**
 * What an organization said of an account that it disconnected. It is the organization's word and
 * no fact of AWS: connecting the account again asks whether it still holds.
 *
 * @param dismissed findings as they were when the account was disconnected
 * @param exemptions of just this account
 */
public record KeptWord(
    OrganizationId organization,
    AwsAccountId awsAccount,
    List<Finding> dismissed,
    List<Exemption> exemptions,
    Instant keptAt) {
  public KeptWord {
    dismissed = List.copyOf(dismissed);
    exemptions = List.copyOf(exemptions);
  }

  public static String key(OrganizationId organization, AwsAccountId awsAccount) {
    return organization + "/" + awsAccount;
  }

  public String key() {
    return key(organization, awsAccount);
  }
}
