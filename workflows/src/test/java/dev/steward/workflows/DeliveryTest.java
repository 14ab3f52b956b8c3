package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.job.Jobs.DeliveryRef;
import dev.steward.workflows.notifications.DeliveryWorkflow;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
  private static final DeliveryRef INPUT =
      new DeliveryRef(FakeWorld.DELIVERY, FakeWorld.ORGANIZATION, 0);

  @Test
  void sends() {
    try (WorkflowLab lab = new WorkflowLab()) {
      assertThat(lab.workflow(DeliveryWorkflow.class, "notify/1").deliver(INPUT).sent()).isTrue();
      lab.keepHistory("notify/1", "Delivery", "sent");
    }
  }

  @Test
  void triesForAboutADayAndGivesUp() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.awsFails = () -> ApplicationFailure.newFailure("answered 503", "NotTaken");
      lab.world.failing = Set.of("send");
      assertThat(lab.workflow(DeliveryWorkflow.class, "notify/2").deliver(INPUT).sent()).isFalse();
      assertThat(lab.world.log.stream().filter("send"::equals)).hasSize(10);
      assertThat(lab.world.log).endsWith("give up: answered 503");
      List<HistoryEvent> events =
          lab.temporal.getWorkflowClient().fetchHistory("notify/2").getEvents();
      assertThat(
              Duration.ofSeconds(
                  events.getLast().getEventTime().getSeconds()
                      - events.getFirst().getEventTime().getSeconds()))
          .isBetween(Duration.ofHours(15), Duration.ofHours(30));
      lab.keepHistory("notify/2", "Delivery", "dead");
    }
  }

  @Test
  void doesNotTryAgainWhatIsRefusedForGood() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.awsFails =
          () -> ApplicationFailure.newNonRetryableFailure("answered 410", "Refused");
      lab.world.failing = Set.of("send");
      lab.workflow(DeliveryWorkflow.class, "notify/3").deliver(INPUT);
      assertThat(lab.world.log).containsExactly("send", "give up: answered 410");
    }
  }
}
