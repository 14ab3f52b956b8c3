package dev.steward.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.job.Asked;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Urgency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of long work. */
final class JobsTest {
  static List<Job<?>> jobs() {
    return Jobs.ALL;
  }

  private static <I> String id(Job<I> job, Object input) {
    return job.id(job.input().cast(input));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void theSameWorkHasTheSameIdAndOtherWorkAnother(Job<?> job) {
    Object one = new Distinct().make(job.input());
    Object same = new Distinct().make(job.input());
    Distinct further = new Distinct();
    further.make(job.input());
    Object other = further.make(job.input());
    assertThat(id(job, one)).isEqualTo(id(job, same)).isNotEqualTo(id(job, other));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void aRunHasTheIdOfItsSubjectOrOneBelow(Job<?> job) {
    Object input = new Distinct().make(job.input());
    String id = id(job, input);
    assertThat(job.fits(input, id)).isTrue();
    assertThat(job.fits(input, id + job.parted() + "2026-11-27T08:20:00Z")).isTrue();
    assertThat(job.fits(input, id + "x")).isEqualTo(id.contains(job.parted()) && below(job, input));
    assertThat(job.fits(input, "x" + id)).isFalse();
    assertThat(job.fits(null, id)).isFalse();
    assertThat(job.fits("text", id)).isFalse();
  }

  /** Whether the id has a part behind its subject, so that a longer one is another part of it. */
  private static <I> boolean below(Job<I> job, Object input) {
    return !job.part().apply(job.input().cast(input)).isEmpty();
  }

  @Test
  void idsOfDifferentJobsNeverMeet() {
    List<String> ids = new ArrayList<>();
    for (Job<?> job : Jobs.ALL) ids.add(id(job, new Distinct().make(job.input())));
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(Jobs.ALL).extracting(Job::type).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void aJobIsFoundByItsType(Job<?> job) {
    assertThat(Jobs.named(job.type()).map(Job::type)).contains(job.type());
    assertThat(Jobs.named(job.type() + "2")).isEmpty();
  }

  /** Only what says whose it is can be asked for. */
  @ParameterizedTest
  @MethodSource("jobs")
  void whatIsAskedForSaysWhoseItIs(Job<?> job) {
    Object input = new Distinct().make(job.input());
    assertThat(job.isAsked()).isEqualTo(input instanceof Asked);
    if (input instanceof Asked asked) assertThat(asked.organization()).isNotNull();
  }

  @Test
  void whoWaitsGoesFirst() {
    List<Integer> keys = Arrays.stream(Urgency.values()).map(Urgency::key).toList();
    assertThat(keys).isSorted().doesNotHaveDuplicates().allMatch(key -> key >= 1 && key <= 5);
    assertThat(Jobs.VERIFICATION.urgency()).isEqualTo(Urgency.WAITED_FOR);
    assertThat(Jobs.CHANGE.urgency().key()).isLessThan(Jobs.DISCOVERY.urgency().key());
  }

  @Test
  void aDeliveryThatIsSentAgainIsARunOfItsOwn() {
    DeliveryId delivery = new DeliveryId("dlv_sample0000");
    OrganizationId organization = new OrganizationId("org_sample0000");
    assertThat(Jobs.DELIVERY.id(new Jobs.DeliveryRef(delivery, organization, 0)))
        .isEqualTo("notify/dlv_sample0000");
    assertThat(Jobs.DELIVERY.id(new Jobs.DeliveryRef(delivery, organization, 2)))
        .isEqualTo("notify/dlv_sample0000/2");
  }
}
