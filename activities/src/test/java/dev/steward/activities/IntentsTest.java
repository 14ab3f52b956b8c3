package dev.steward.activities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.Ids;
import dev.steward.model.Intent;
import dev.steward.model.Json;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Work;
import dev.steward.workflows.WorkflowIds;
import dev.steward.workflows.discovery.Discovery;
import dev.steward.workflows.onboarding.OnboardingActivities;
import dev.steward.workflows.onboarding.OnboardingVerification;
import dev.steward.workflows.waste.WasteScan;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API writes down as an intent is what the workflow reads as its input. */
final class IntentsTest {
  @TempDir Path folder;

  @Test
  void intentsFitTheirWorkflows() {
    Ids ids = Ids.random();
    Work work = new Work(ids, InstantSource.system());
    OrganizationId organization = OrganizationId.from(ids);
    Onboarding onboarding =
        new Onboarding(
            OnboardingId.from(ids),
            organization,
            "",
            "",
            List.of(),
            "ext",
            Onboarding.Status.VERIFYING,
            null,
            null,
            null,
            List.of(),
            List.of(),
            null,
            3,
            Instant.EPOCH,
            null);
    Account account =
        new Account(
            AccountId.from(ids),
            organization,
            new AwsAccountId("123456789012"),
            "",
            "",
            ConnectionMethod.ROLE,
            Account.Status.CONNECTED,
            onboarding.id(),
            null,
            null,
            null,
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            Instant.EPOCH);
    try (Store store = Store.open(folder)) {
      store.write(t -> {
        work.verify(t, onboarding);
        work.discover(t, account);
        work.scan(t, account);
        work.disconnect(t, account);
        return work.scan(t, account);
      });
      Map<String, Intent> intents =
          store.state().rows(Tables.INTENTS).stream()
              .collect(Collectors.toMap(Intent::workflowType, i -> i));
      assertThat(intents).hasSize(4);
      assertThat(read(intents, "OnboardingVerification", OnboardingVerification.Input.class))
          .isEqualTo(new OnboardingVerification.Input(onboarding.id(), organization, 3));
      assertThat(read(intents, "Discovery", Discovery.Input.class).account())
          .isEqualTo(account.id());
      assertThat(read(intents, "Discovery", Discovery.Input.class).discovery())
          .isEqualTo(
              store.state().find(Tables.DISCOVERIES, account.id().value()).orElseThrow().id());
      assertThat(read(intents, "WasteScan", WasteScan.Input.class).scan()).isNotNull();
      assertThat(read(intents, "Disconnection", OnboardingActivities.AccountRef.class))
          .isEqualTo(new OnboardingActivities.AccountRef(account.id(), organization));
      assertThat(intents.values().stream().map(Intent::workflowId))
          .containsExactlyInAnyOrder(
              WorkflowIds.onboarding(onboarding.id(), 3),
              WorkflowIds.discovery(
                  account.id(), read(intents, "Discovery", Discovery.Input.class).discovery()),
              WorkflowIds.waste(
                  account.id(), read(intents, "WasteScan", WasteScan.Input.class).scan()),
              WorkflowIds.disconnect(account.id()));
    }
  }

  private static <T> T read(Map<String, Intent> intents, String type, Class<T> input) {
    Intent intent = java.util.Objects.requireNonNull(intents.get(type), type);
    return Json.read(Json.bytes(intent.input()), input);
  }
}
