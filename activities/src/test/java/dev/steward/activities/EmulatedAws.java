package dev.steward.activities;

import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsSettings;
import dev.steward.aws.CallLimiter;
import dev.steward.aws.Connection;
import dev.steward.aws.RegionClients;
import dev.steward.estate.IamPolicy;
import dev.steward.estate.Partition;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.FaultProxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.iam.IamClient;

/** The emulated AWS, and our access to it through the fault proxy. */
public final class EmulatedAws implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final String ROLE = "steward";
  public static final String EXTERNAL_ID = "ext_emulated";
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},"
          + "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\""
          + EXTERNAL_ID
          + "\"}}}]}";

  public final Path folder;
  public final Emulator emulator;
  public final FaultProxy proxy;
  public final Store store;
  public final AwsAccess access;
  private final AtomicInteger accounts = new AtomicInteger();

  public EmulatedAws(Path folder) {
    this(folder, 100, 10_000);
  }

  public EmulatedAws(Path folder, int pageSize, double requestsPerSecond) {
    System.setProperty("aws.accessKeyId", "PLATFORMemulated");
    System.setProperty("aws.secretAccessKey", "emulated");
    this.folder = folder;
    emulator = Emulator.start();
    proxy = FaultProxy.before(emulator.endpoint());
    store = Store.open(folder.resolve("data"));
    access =
        new AwsAccess(
            store,
            new Secrets(MasterKey.at(folder.resolve("key"), false), Ids.random()),
            new AwsSettings(proxy.endpoint(), REGION, pageSize, requestsPerSecond),
            new CallLimiter(requestsPerSecond));
  }

  /** A customer of ours, whose account is connected by a role. */
  public Connected connect() {
    String number = String.format(Locale.ROOT, "7000%08d", accounts.incrementAndGet());
    Customer customer = new Customer(emulator.endpoint(), number);
    return new Connected(
        customer,
        new Account(
            new AccountId("acc_" + number),
            new OrganizationId("org_emulated00"),
            new AwsAccountId(number),
            "emulated",
            "production",
            ConnectionMethod.ROLE,
            Account.Status.CONNECTED,
            new OnboardingId("onb_emulated00"),
            customer.role(ROLE, TRUST),
            EXTERNAL_ID,
            null,
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            Instant.now()));
  }

  @Override
  public void close() {
    access.close();
    store.close();
    proxy.close();
    emulator.close();
  }

  /** One that {@link #connect} made. */
  public final class Connected implements AutoCloseable {
    private final Customer customer;
    private final Account account;

    private Connected(Customer customer, Account account) {
      this.customer = customer;
      this.account = account;
    }

    public Customer customer() {
      return customer;
    }

    public Account account() {
      return account;
    }

    /** With a session that may do what the action needs. */
    public RegionClients acting(Remediation action, String region) {
      return new RegionClients(access, Connection.of(account).acting(action), region);
    }

    /** The role has what the template grants, but for one action. */
    public void without(String permission) {
      List<String> actions = new ArrayList<>(Catalogue.actions(AccountFeature.READ));
      actions.addAll(Catalogue.actions(AccountFeature.ACT));
      // Reading may need what acting needs, too.
      actions.removeIf(permission::equals);
      customer
          .client(REGION, IamClient.class, IamClient::builder)
          .putRolePolicy(r ->
              r.roleName(ROLE)
                  .policyName(ROLE)
                  .policyDocument(Json.text(IamPolicy.of(Partition.AWS, actions))));
    }

    @Override
    public void close() throws Exception {
      access.forget(account.id().value());
      customer.close();
    }
  }
}
