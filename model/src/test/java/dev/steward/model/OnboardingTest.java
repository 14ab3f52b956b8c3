package dev.steward.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an onboarding keeps of the access keys that it was tried with. */
final class OnboardingTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  private static Onboarding byKeys() {
    Ids ids = Ids.random();
    return OnboardingBuilder.builder()
        .id(OnboardingId.from(ids))
        .organization(OrganizationId.from(ids))
        .name("shop")
        .environment("production")
        .features(List.of(AccountFeature.READ))
        .externalId("ext")
        .status(Onboarding.Status.VERIFYING)
        .roleArn(null)
        .credentials(SecretId.from(ids))
        .account(null)
        .checks(List.of())
        .permissions(List.of())
        .reason(null)
        .attempt(1)
        .createdAt(NOW)
        .verifiedAt(null)
        .failure(null)
        .build();
  }

  private static Onboarding failed(Onboarding before) {
    return before.failed(Onboarding.Failure.NOT_PROVEN, "no", List.of(), List.of(), NOW);
  }

  @Test
  void keysThatAreDestroyedAreNamedNoMore() {
    Onboarding failed = failed(byKeys());
    assertThat(failed.credentials()).isNull();
    assertThat(failed.byKeys()).isTrue();
    Onboarding byRole = failed.verifying("arn:aws:iam::111122223333:role/steward");
    assertThat(byRole.byKeys()).isFalse();
    assertThat(failed(byRole).byKeys()).isFalse();
  }

  @Test
  void keysOfAnAccountThatIsConnectedStay() {
    Onboarding before = byKeys();
    AccountId account = AccountId.from(Ids.random());
    Onboarding failed =
        failed(before.connected(account, false, List.of(), List.of(), NOW).verifying(null));
    assertThat(failed.credentials()).isNotNull().isEqualTo(before.credentials());
    assertThat(failed.byKeys()).isTrue();
  }
}
