package dev.steward.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A time that AWS was asked for its prices.
 *
 * @param queries how many questions there are
 * @param answers so far
 * @param book what came of it; null where nothing did
 * @param error why nothing came of it; null if something did
 */
@Copied
public record PriceRefresh(
    PriceRefreshId id,
    OrganizationId organization,
    String user,
    RunStatus status,
    int queries,
    List<PriceAnswer> answers,
    @Nullable String book,
    @Nullable String error,
    Instant startedAt,
    @Nullable Instant finishedAt) {
  public PriceRefresh {
    answers = List.copyOf(answers);
  }

  public PriceRefresh running(int questions) {
    return PriceRefreshBuilder.builder(this).status(RunStatus.RUNNING).queries(questions).build();
  }

  /** An answer to a question takes the place of an earlier one. */
  public PriceRefresh answered(PriceAnswer answer) {
    return PriceRefreshBuilder.builder(this)
        .answers(
            Stream.concat(
                    answers.stream().filter(a -> !a.query().equals(answer.query())),
                    Stream.of(answer))
                .toList())
        .build();
  }

  public PriceRefresh finished(
      RunStatus how, @Nullable String version, @Nullable String why, Instant end) {
    return PriceRefreshBuilder.builder(this)
        .status(how)
        .book(version)
        .error(why)
        .finishedAt(end)
        .build();
  }
}
