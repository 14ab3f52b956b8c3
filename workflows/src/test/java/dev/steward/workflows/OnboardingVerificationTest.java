package dev.steward.workflows;

import static dev.steward.workflows.onboarding.ConnectionActivities.Attempt.WITHOUT_EXTERNAL_ID;
import static dev.steward.workflows.onboarding.ConnectionActivities.Attempt.WITH_WRONG_EXTERNAL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Check;
import dev.steward.model.Onboarding;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.workflows.onboarding.DisconnectionWorkflow;
import dev.steward.workflows.onboarding.OnboardingVerificationWorkflow;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OnboardingVerificationTest {
  private final WorkflowLab lab = new WorkflowLab();

  @AfterEach
  void close() {
    lab.close();
  }

  private OnboardingVerificationWorkflow.Outcome verify(String scenario) {
    String id = "onboarding/" + scenario;
    OnboardingVerificationWorkflow.Outcome outcome =
        lab.workflow(OnboardingVerificationWorkflow.class, id)
            .verify(new AttemptRef(FakeWorld.ONBOARDING, FakeWorld.ORGANIZATION, 1));
    lab.keepHistory(id, "OnboardingVerification", scenario);
    return outcome;
  }

  @Test
  void connectsARoleThatDemandsItsExternalId() {
    assertThat(verify("connected").status()).isEqualTo(Onboarding.Status.CONNECTED);
    assertThat(lab.world.log)
        .containsExactly(
            "begin",
            "assume WITH_EXTERNAL_ID",
            "assume WITHOUT_EXTERNAL_ID",
            "assume WITH_WRONG_EXTERNAL_ID",
            "permissions",
            "conclude",
            "ensure schedules");
  }

  @Test
  void failsARoleThatCanBeAssumedWithoutAnyExternalId() {
    lab.world.letsIn.add(WITHOUT_EXTERNAL_ID);
    assertThat(verify("open-role").status()).isEqualTo(Onboarding.Status.FAILED);
    Check last = lab.world.conclusions.getFirst().checks().getLast();
    assertThat(last.name()).isEqualTo("refuses_without_external_id");
    assertThat(last.fix()).contains("sts:ExternalId");
    assertThat(lab.world.conclusions.getFirst().awsAccount()).isNull();
    assertThat(lab.world.log).doesNotContain("permissions", "ensure schedules");
  }

  @Test
  void failsARoleThatTakesAnyExternalId() {
    lab.world.letsIn.add(WITH_WRONG_EXTERNAL_ID);
    assertThat(verify("any-external-id").status()).isEqualTo(Onboarding.Status.FAILED);
    assertThat(lab.world.conclusions.getFirst().checks().getLast().name())
        .isEqualTo("refuses_wrong_external_id");
  }

  @Test
  void failsARoleThatCannotBeAssumed() {
    lab.world.letsIn.clear();
    assertThat(verify("refused").status()).isEqualTo(Onboarding.Status.FAILED);
    assertThat(lab.world.log).containsExactly("begin", "assume WITH_EXTERNAL_ID", "conclude");
  }

  @Test
  void concludesWhenAwsDoesNotAnswerForFiveMinutes() {
    lab.world.awsFails = () -> ApplicationFailure.newFailure("AWS: no answer", "AwsUnavailable");
    lab.world.failing = Set.of("assume WITH_EXTERNAL_ID");
    assertThat(verify("aws-down").status()).isEqualTo(Onboarding.Status.FAILED);
    assertThat(lab.world.conclusions.getFirst().checks())
        .extracting(Check::name)
        .containsExactly("aws_answers");
  }

  @Test
  void asksNoExternalIdOfAccessKeys() {
    lab.world.byKeys = true;
    assertThat(verify("access-keys").status()).isEqualTo(Onboarding.Status.CONNECTED);
    assertThat(lab.world.log).doesNotContain("assume WITHOUT_EXTERNAL_ID");
  }

  @Test
  void writesNothingForAnAttemptThatIsNotTheNewest() {
    lab.world.current = false;
    verify("superseded");
    assertThat(lab.world.log).containsExactly("begin");
  }

  @Test
  void destroysCredentialsBeforeAnythingElseWhenDisconnecting() {
    lab.workflow(DisconnectionWorkflow.class, "disconnect/acc")
        .disconnect(new AccountRef(FakeWorld.ACCOUNT, FakeWorld.ORGANIZATION));
    lab.keepHistory("disconnect/acc", "Disconnection", "gone");
    assertThat(lab.world.log).isEqualTo(List.of("clean up", "drop schedules", "clean up", "gone"));
  }
}
