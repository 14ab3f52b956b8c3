package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.policy.Budget;
import dev.steward.domain.governance.policy.CompiledPolicy;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.model.OrganizationId;
import dev.steward.model.Policy;
import dev.steward.model.Problem;
import dev.steward.model.Problem.Type;
import dev.steward.model.Ruling;
import dev.steward.storage.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where policies are asked: outside of the store's writer, on a thread of its own, so that it takes
 * no other request's, and one at a time for an organization.
 */
public final class Judges {
  private static final int MOST_COMPILED = 1_000;

  /** What ends by itself has ended by then. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** A trial takes nobody's turn who submits something. */
  private record Turn(OrganizationId organization, boolean trial) {}

  private final Map<Turn, Semaphore> turns = new ConcurrentHashMap<>();
  private final Map<String, CompiledPolicy> compiled = new ConcurrentHashMap<>();

  Judged<Ruling> ruling(Case asked) {
    return judge(asked, policies -> PolicyEngine.rule(policies, asked.question()));
  }

  Judged<Map<Integer, String>> managed(Case asked) {
    return judge(asked, policies -> PolicyEngine.managed(policies, asked.question()));
  }

  private <R> Judged<R> judge(Case asked, Function<List<CompiledPolicy>, R> question) {
    return new Judged<>(
        asked,
        ask(
            new Turn(asked.account().organization(), false),
            Budget.PLAN_DEADLINE,
            () -> question.apply(asked.policies().stream().map(this::compiled).toList())));
  }

  private CompiledPolicy compiled(Policy policy) {
    if (compiled.size() > MOST_COMPILED) compiled.clear();
    return compiled.computeIfAbsent(policy.versionKey(), k -> CompiledPolicy.of(policy));
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
    Semaphore turn = turns.computeIfAbsent(whose, w -> new Semaphore(1, true));
    FutureTask<R> task = new FutureTask<>(question::get);
    try {
      if (!turn.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS))
        throw Problem.of(
            Type.TOO_MANY_REQUESTS,
            "your organization's policies are asked one after the other, and others come first; try again");
      Thread.ofPlatform()
          .daemon()
          .name("judge")
          .start(() -> {
            try {
              task.run();
            } finally {
              turn.release();
            }
          });
      return task.get(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw refused("the policies took too long to judge it, which means no");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw refused("the platform stops, so nobody judges it, which means no");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException known) throw known;
      throw new IllegalStateException("the policies cannot be asked", failed.getCause());
    }
  }

  private static RuntimeException refused(String why) {
    return Problem.of(Type.REFUSED_BY_POLICY, why);
  }
}
