package dev.steward.api.onboarding;

import dev.steward.api.HttpJson;
import dev.steward.api.client.AccountViews;
import dev.steward.api.client.AccountViews.CoverageView;
import dev.steward.domain.holdings.Holding;
import dev.steward.domain.jobs.WorkLooks;
import dev.steward.model.Account;
import dev.steward.model.Discovery;
import dev.steward.model.Listing;
import dev.steward.model.Onboarding;
import dev.steward.model.RunStatus;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a discovery looks from outside: the coverage record, line by line and summed up. */
public final class DiscoveryViews {
  public record Line(
      String region,
      String kind,
      String coverage,
      int pages,
      int resources,
      @Nullable String detail) {}

  /** How a discovery stands; see {@link RunStatus}. */
  public enum Stage {
    /** The account is not connected yet. */
    NOT_STARTED,
    QUEUED,
    RUNNING,
    COMPLETED,
    PARTIAL,
    FAILED,
    CANCELLED;

    static Stage of(RunStatus status) {
      return switch (status) {
        case QUEUED -> QUEUED;
        case RUNNING -> RUNNING;
        case COMPLETED -> COMPLETED;
        case PARTIAL -> PARTIAL;
        case FAILED -> FAILED;
        case CANCELLED -> CANCELLED;
      };
    }
  }

  /**
   * @param account and {@code id} and {@code startedAt}: null before the account is connected
   * @param progress percent of the questions that are closed
   */
  public record DiscoveryView(
      @Nullable String account,
      @Nullable String id,
      Stage status,
      int progress,
      List<String> regions,
      Map<String, Integer> progressByRegion,
      Map<String, Integer> resourcesByKind,
      int resources,
      CoverageView coverage,
      List<Line> lines,
      @Nullable String error,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {}

  private DiscoveryViews() {}

  /** The account of this onboarding is not connected yet. */
  static DiscoveryView notStarted(Onboarding onboarding) {
    return new DiscoveryView(
        null,
        null,
        Stage.NOT_STARTED,
        0,
        List.of(),
        Map.of(),
        Map.of(),
        0,
        CoverageView.of(Holding.NONE),
        List.of(),
        onboarding.status() == Onboarding.Status.FAILED ? onboarding.reason() : null,
        null,
        null);
  }

  static DiscoveryView view(Own own, Account account) {
    Discovery d = own.get(Tables.DISCOVERIES, account.id().value());
    List<Listing> lines =
        AccountViews.listings(own, account).stream()
            .filter(l -> l.discovery().equals(d.id()))
            .toList();
    Map<String, List<Listing>> byRegion =
        lines.stream()
            .collect(Collectors.groupingBy(Listing::region, TreeMap::new, Collectors.toList()));
    Map<String, Integer> progress = new TreeMap<>();
    byRegion.forEach((region, those) -> progress.put(region, WorkLooks.progress(d, those)));
    Map<String, Integer> byKind =
        lines.stream()
            .collect(
                Collectors.groupingBy(
                    Listing::kind, TreeMap::new, Collectors.summingInt(Listing::resources)));
    return new DiscoveryView(
        account.id().value(),
        d.id().value(),
        Stage.of(d.status()),
        WorkLooks.progress(d, lines),
        d.regions(),
        progress,
        byKind,
        lines.stream().mapToInt(Listing::resources).sum(),
        CoverageView.of(Holding.of(lines, List.of())),
        lines.stream()
            .map(l ->
                new Line(
                    l.region(),
                    l.kind(),
                    HttpJson.name(l.coverage()),
                    l.pages(),
                    l.resources(),
                    l.detail()))
            .toList(),
        d.error(),
        d.startedAt(),
        d.finishedAt());
  }
}
