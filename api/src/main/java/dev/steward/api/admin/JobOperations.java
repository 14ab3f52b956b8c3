package dev.steward.api.admin;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Sorts;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.domain.jobs.OpenWork.Unfinished;
import dev.steward.model.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Long work of the whole installation, as the store knows it. */
public final class JobOperations {
  private static final QueryParameter<String> JOB =
      QueryParameter.oneOf(
              "job", OpenWork.ALL.stream().map(work -> work.job().type()).sorted().toList())
          .means("the type of its workflow");
  private static final QueryParameter<String> ORGANIZATION = QueryParameter.text("organization");
  private static final Sorts<Unfinished> SORTS =
      Sorts.<Unfinished>of(Unfinished::workflow)
          .time("since", work -> work.stand().since())
          .text("job", work -> work.job().type())
          .text("organization", work -> work.organization().value());

  private final InstantSource clock;

  public JobOperations(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param job the type of its workflow
   * @param id the id of its run in Temporal
   * @param since when it was asked for; null where nobody noted that
   * @param waitsFor what it is at, or what has to happen
   */
  public record JobView(
      String job, String id, String organization, @Nullable Instant since, String waitsFor) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        on(
                "GET",
                "/admin/jobs",
                "admin",
                Access.roles(Role.ADMIN),
                "Work of every organization that is not over, the oldest first")
            .list(
                JobView.class,
                SORTS,
                ListFilter.by(JOB, (work, job) -> job.equals(work.job().type())),
                ListFilter.by(
                    ORGANIZATION, (work, whose) -> whose.equals(work.organization().value())))
            .paged(
                (own, call) -> OpenWork.unfinished(own.state(), clock.instant()),
                (own, work) ->
                    new JobView(
                        work.job().type(),
                        work.workflow(),
                        work.organization().value(),
                        work.stand().since(),
                        work.stand().waitsFor())));
  }
}
