package dev.steward.aws;

import dev.steward.estate.Partition;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.AwsAccountId;
import dev.steward.model.Onboarding;
import dev.steward.model.SecretId;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to get into an account.
 *
 * @param owner the account's or the onboarding's id: clients are kept by it
 * @param actions what a session may do, whatever the role grants
 * @param rank reading an account is bulk; somebody waits for what verifies or changes it
 */
public record Connection(
    String owner,
    String organization,
    @Nullable String roleArn,
    @Nullable String externalId,
    @Nullable SecretId keys,
    List<String> actions,
    Rank rank) {
  /** Parts the owner from what a session may do beside reading. */
  static final String ACT = "/act/";

  /** Parts it from the service that a session may read. */
  private static final String READ = "/read/";

  public Connection {
    actions = List.copyOf(actions);
  }

  public static Connection of(Account account) {
    return new Connection(
        account.id().value(),
        account.organization().value(),
        account.roleArn(),
        account.externalId(),
        account.credentials(),
        Catalogue.actions(AccountFeature.READ),
        Rank.BULK);
  }

  public static Connection of(Onboarding onboarding) {
    return new Connection(
        onboarding.id().value() + "/" + onboarding.attempt(),
        onboarding.organization().value(),
        onboarding.roleArn(),
        onboarding.externalId(),
        onboarding.credentials(),
        Catalogue.actions(AccountFeature.READ),
        Rank.INTERACTIVE);
  }

  public Connection withExternalId(@Nullable String other) {
    return new Connection(owner, organization, roleArn, other, keys, actions, rank);
  }

  /** The same account, with a session that may do this and nothing else. */
  public Connection asking(String action) {
    return new Connection(
        owner + "/" + action, organization, roleArn, externalId, keys, List.of(action), rank);
  }

  /** The same account, with a session that may do what the action needs and nothing else. */
  public Connection acting(Remediation action) {
    TreeSet<String> may = new TreeSet<>(Catalogue.kind(action.kind()).actions());
    may.addAll(action.actions());
    if (action.usage()) may.add("cloudwatch:GetMetricData");
    return new Connection(
        owner + ACT + action.id(),
        organization,
        roleArn,
        externalId,
        keys,
        List.copyOf(may),
        Rank.INTERACTIVE);
  }

  /**
   * The same with a session for one service. One for all of them would outgrow what AWS takes as a
   * session policy; what acts needs few, and some together: who makes a snapshot uses its key.
   *
   * @param service the prefix of its IAM actions
   */
  Connection within(String service) {
    if (acts()) return this;
    return new Connection(
        owner + READ + service,
        organization,
        roleArn,
        externalId,
        keys,
        actions.stream().filter(action -> action.startsWith(service + ":")).toList(),
        rank);
  }

  /**
   * Whether it changes things. Then the SDK does not try again by itself: a call whose answer was
   * lost may have had its effect, and only who looks first can tell.
   */
  boolean acts() {
    return owner.contains(ACT);
  }

  /**
   * The part of AWS that it leads into: its role's. Access keys do not say; they are taken to be of
   * where they are used, or where the platform itself is.
   *
   * @param homeRegion the platform's own
   */
  Partition partition(String homeRegion) {
    return roleArn == null ? Partition.ofRegion(homeRegion) : Partition.of(roleArn);
  }

  /**
   * A region that no account can disable: that of what lies in none (AWS Account Management
   * reference guide, <a
   * href="https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html">Enable or
   * disable AWS Regions</a>: regions that are enabled by default stay so). The platform's own may
   * be one that the account never enabled.
   *
   * @param homeRegion the platform's own
   */
  public String certainRegion(String homeRegion) {
    return partition(homeRegion).globalRegion();
  }

  /** Whether it leads into this AWS account; one by access keys does not say where it leads. */
  public boolean isOf(String awsAccount) {
    return limited().equals(awsAccount);
  }

  /**
   * Whose calls are limited together: what AWS counts together, which is the account's, whoever
   * asks. Access keys do not say whose they are before they have been tried.
   */
  String limited() {
    // arn:aws:iam::123456789012:role/…
    String[] arn = roleArn == null ? new String[0] : roleArn.split(":", -1);
    if (arn.length > 4 && AwsAccountId.isOne(arn[4])) return arn[4];
    int act = owner.indexOf(ACT);
    return act < 0 ? owner : owner.substring(0, act);
  }
}
