package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.policy.PolicyEngine.Subject;
import dev.steward.domain.governance.policy.Usage;
import dev.steward.estate.Beside;
import dev.steward.estate.Kind;
import dev.steward.estate.Parts;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountId;
import dev.steward.model.Change;
import dev.steward.model.Change.Step.State;
import dev.steward.model.Coverage;
import dev.steward.model.Listing;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.storage.Chunks;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up what the store knows of an account's resources; reads each chunk once. */
public final class Estates {
  private final dev.steward.storage.State state;
  private final Map<String, List<Resource>> chunks = new HashMap<>();

  public Estates(dev.steward.storage.State state) {
    this.state = state;
  }

  dev.steward.storage.State state() {
    return state;
  }

  /** The same at a later moment; what was read, and is the same still, is not read again. */
  public Estates at(dev.steward.storage.State later) {
    Estates then = new Estates(later);
    chunks.forEach((key, read) -> {
      if (later.find(Tables.CHUNKS, key).equals(state.find(Tables.CHUNKS, key)))
        then.chunks.put(key, read);
    });
    return then;
  }

  public Optional<Resource> find(AccountId account, String kind, String region, String id) {
    if (Catalogue.find(kind).isEmpty()) return Optional.empty();
    String key = Chunks.inventoryKey(account, Catalogue.kind(kind).place(region), kind);
    return all(key).stream()
        .filter(r -> r.id().equals(id) && r.region().equals(region))
        .findFirst();
  }

  /** What the account's last discovery saw beside the resource. */
  public Beside beside(AccountId account, Resource resource) {
    Parts parts = Catalogue.find(resource.kind()).map(Kind::parts).orElse(null);
    return new Beside(
        line(account, resource.kind(), resource.region()).map(Listing::at).orElse(null),
        parts == null ? null : parts(parts, account, resource));
  }

  /** Null where they were not answered. */
  private @Nullable List<Resource> parts(Parts parts, AccountId account, Resource resource) {
    if (line(account, parts.kind(), resource.region()).isEmpty()) return null;
    return all(Chunks.inventoryKey(account, resource.region(), parts.kind())).stream()
        .filter(one -> parts.isOf(resource, one))
        .toList();
  }

  private Optional<Listing> line(AccountId account, String kind, String region) {
    return state
        .find(Tables.LISTINGS, Listing.key(account, Catalogue.kind(kind).place(region), kind))
        .filter(line -> line.coverage() == Coverage.ANSWERED);
  }

  private List<Resource> all(String key) {
    return chunks.computeIfAbsent(key, k -> Chunks.resources(state, k));
  }

  /** The finding and the resource behind a step. */
  public Subject subject(AccountId account, PlanStep step) {
    return new Subject(
        step.finding() == null
            ? null
            : state.find(Tables.FINDINGS, step.finding().value()).orElse(null),
        find(account, step.kind(), step.region(), step.resource()).orElse(null));
  }

  /** What was changed in the account on the day (UTC) of the moment. */
  public Usage usage(AccountId account, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return new Usage() {
      @Override
      public int total(String kind) {
        return state
            .rows(Tables.LISTINGS)
            .startingWith(account.value() + "/")
            .filter(l -> l.kind().equals(kind))
            .mapToInt(Listing::resources)
            .sum();
      }

      @Override
      public int changedToday(String kind) {
        return (int)
            state
                .rows(Tables.CHANGES)
                .where("account", account.value())
                .flatMap(c ->
                    c.steps().stream()
                        .filter(s -> c.planned(s.number()).kind().equals(kind))
                        .filter(s -> isOf(s, today)))
                .count();
      }
    };
  }

  private static boolean isOf(Change.Step step, LocalDate day) {
    if (step.state() == State.ARMED || step.state() == State.BROKEN) return true;
    Instant done = step.doneAt();
    // What was done on a later day counts too: the clock went back since, and the day is the same.
    return done != null && !LocalDate.ofInstant(done, ZoneOffset.UTC).isBefore(day);
  }
}
