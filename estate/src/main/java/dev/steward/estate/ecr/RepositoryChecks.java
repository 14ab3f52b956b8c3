package dev.steward.estate.ecr;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.doubt;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Evidence;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Quote;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Repositories of ECR that grow for ever, or that nobody pulls from. */
final class RepositoryChecks {
  static final WasteCheck.Row UNUSED =
      WasteCheck.of("unused_ecr_repository", "Repository that nobody pulls from")
          .looksTwice()
          .threshold(Threshold.days("min_unpulled_days", 90, 1, "as Thrifty"))
          .threshold(
              new Threshold(
                  "min_stored_gb", 1, 0, 1e9, "GB", "smaller ones are not worth a change"))
          .rule(RepositoryChecks::unused);

  static final WasteCheck.Row FOR_EVER =
      WasteCheck.of("repository_without_lifecycle", "Repository that keeps every image")
          .looksTwice()
          .standsBackFor(
              "unused_ecr_repository", "of what nobody pulls from all images can go, not only old")
          .threshold(
              new Threshold(
                  "min_stored_gb", 10, 0, 1e9, "GB", "smaller ones are not worth a change"))
          .rule(RepositoryChecks::forEver);

  private static final double GB = 1e9;

  private RepositoryChecks() {}

  /** ECR records when an image was last pulled; one that it recorded nothing of never was. */
  static Verdict unused(Resource repository, Sight sight) {
    Instant made = repository.createdAt();
    if (made == null) return unknown("no creation time");
    double least = sight.threshold("min_unpulled_days");
    if (sight.daysSince(made) < least) return FINE;
    Optional<Verdict> small = small(repository, sight);
    if (small.isPresent()) return small.get();
    Instant pushed = Repositories.PUSHED.of(repository);
    if (pushed == null) return unknown("nobody can tell when an image was last pushed");
    if (sight.daysSince(pushed) < least) return FINE;
    Instant pulled = Repositories.PULLED.of(repository);
    if (pulled != null && sight.daysSince(pulled) < least) return FINE;
    return waste(
        sight,
        storage(repository, sight),
        Confidence.MEDIUM,
        repository,
        "images",
        Repositories.IMAGES.of(repository),
        "stored_gb",
        Evidence.number(Repositories.BYTES.of(repository, 0.0) / GB),
        "pushed_days",
        days(sight.daysSince(pushed)),
        "pulled_days",
        pulled == null ? "never, as ECR recorded" : days(sight.daysSince(pulled)),
        "saving_is",
        "an upper bound: what images share is stored once");
  }

  static Verdict forEver(Resource repository, Sight sight) {
    Double policies = Repositories.LIFECYCLE.of(repository);
    if (policies == null) return unknown("its lifecycle policy could not be read");
    if (policies > 0) return FINE;
    Optional<Verdict> small = small(repository, sight);
    if (small.isPresent()) return small.get();
    return waste(
        sight,
        storage(repository, sight),
        Confidence.LOW,
        repository,
        "images",
        Repositories.IMAGES.of(repository),
        "stored_gb",
        Evidence.number(Repositories.BYTES.of(repository, 0.0) / GB),
        "saving_is",
        "an upper bound: what a policy keeps is still paid");
  }

  /** Fine where little is stored; in doubt until somebody asked how much. */
  private static Optional<Verdict> small(Resource repository, Sight sight) {
    if (!Repositories.IMAGES.isKnown(repository))
      return Optional.of(doubt("nobody has asked what is in it", List.of(repository)));
    if (Repositories.IMAGES.is(0.0, repository)) return Optional.of(FINE);
    Double bytes = Repositories.BYTES.of(repository);
    if (bytes == null) return Optional.of(unknown("nobody can tell how much is in it"));
    return bytes / GB < sight.threshold("min_stored_gb") ? Optional.of(FINE) : Optional.empty();
  }

  private static Optional<Quote> storage(Resource repository, Sight sight) {
    Double bytes = Repositories.BYTES.of(repository);
    return bytes == null
        ? Optional.empty()
        : sight.prices().units(repository, Unit.ECR_STORAGE, bytes / GB);
  }
}
