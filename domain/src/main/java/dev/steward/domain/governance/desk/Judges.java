package dev.steward.domain.governance.desk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steward.domain.governance.policy.Budget;
import dev.steward.domain.governance.policy.CompiledPolicy;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.model.OrganizationId;
import dev.steward.model.Policy;
import dev.steward.model.Problem;
import dev.steward.model.Problem.Type;
import dev.steward.model.ProblemException;
import dev.steward.model.Ruling;
import dev.steward.storage.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where policies are asked: outside of the store's writer, on a thread of its own, so that it takes
 * no other request's, and one at a time for an organization.
 */
public final class Judges {
  private static final Logger LOG = LoggerFactory.getLogger(Judges.class);
  private static final int MOST_COMPILED = 1_000;

  /** What ends by itself has ended by then. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** A trial takes nobody's turn who submits something. */
  private record Turn(OrganizationId organization, boolean trial) {}

  /** Of who asks or waits; nobody else needs one. */
  private final Cache<Turn, Semaphore> turns = Caffeine.newBuilder().weakValues().build();

  private final Cache<String, CompiledPolicy> compiled =
      Caffeine.newBuilder().maximumSize(MOST_COMPILED).build();
  private final ThreadFactory threads;

  public Judges() {
    this(Thread.ofPlatform().daemon().name("judge").factory());
  }

  /**
   * @param threads a new one for each question
   */
  public Judges(ThreadFactory threads) {
    this.threads = threads;
  }

  Judged<Ruling> ruling(Case asked) {
    return judge(asked, policies -> PolicyEngine.rule(policies, asked.question()));
  }

  Judged<Map<Integer, String>> managed(Case asked) {
    return judge(asked, policies -> PolicyEngine.managed(policies, asked.question()));
  }

  private <R> Judged<R> judge(Case asked, Function<List<CompiledPolicy>, R> question) {
    OrganizationId whose = asked.account().organization();
    try {
      R answer =
          ask(
              new Turn(whose, false),
              Budget.PLAN_DEADLINE,
              () -> question.apply(asked.policies().stream().map(this::compiled).toList()));
      return new Judged<>(asked, answer);
    } catch (ProblemException told) {
      throw told;
    } catch (RuntimeException unexpected) {
      throw unjudged(whose, unexpected);
    }
  }

  private CompiledPolicy compiled(Policy policy) {
    return compiled.get(policy.versionKey(), k -> CompiledPolicy.of(policy));
  }

  /**
   * Asks about many things of which nothing follows.
   *
   * @throws dev.steward.model.ProblemException as everything here: TOO_MANY_REQUESTS if others of
   *     the organization are asked all the time, REFUSED_BY_POLICY if there is no answer in time
   */
  public <R> R trial(OrganizationId organization, Supplier<R> question) {
    return ask(new Turn(organization, true), Budget.TRIAL_DEADLINE, question);
  }

  private <R> R ask(Turn whose, Duration deadline, Supplier<R> question) {
    Store.refuseWithinWrite("policies are judged");
    Semaphore turn = turns.get(whose, w -> new Semaphore(1, true));
    FutureTask<R> task = new FutureTask<>(question::get);
    try {
      if (!turn.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS))
        throw Problem.of(
            Type.TOO_MANY_REQUESTS,
            "your organization's policies are asked one after the other, and others come first; try again");
      begin(task, turn);
      return task.get(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw refused("the policies took too long to judge it, which means no");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw refused("the platform stops, so nobody judges it, which means no");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) throw known;
      throw unjudged(whose.organization(), failed);
    }
  }

  /** The turn ends with the question, also with one that nobody waits for any more. */
  private void begin(FutureTask<?> task, Semaphore turn) {
    boolean begun = false;
    try {
      threads
          .newThread(() -> {
            try {
              task.run();
            } finally {
              turn.release();
            }
          })
          .start();
      begun = true;
    } finally {
      // There may be no room for a thread.
      if (!begun) turn.release();
    }
  }

  private static RuntimeException unjudged(OrganizationId whose, Throwable failure) {
    LOG.error("the policies of {} cannot be judged", whose, failure);
    return refused("the policies cannot be judged, which means no");
  }

  private static RuntimeException refused(String why) {
    return Problem.of(Type.REFUSED_BY_POLICY, why);
  }
}
