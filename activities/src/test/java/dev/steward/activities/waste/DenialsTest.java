package dev.steward.activities.waste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.activities.discovery.ListingLab;
import dev.steward.estate.Kind;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An account with what is waste and what only looks like it, judged whole, and again with each of
 * the calls denied that discovery and scan make: what is not answered never makes a finding.
 */
@SuppressWarnings("NullAway.Init")
final class DenialsTest {
  private static final String HOME = "us-east-1";
  @TempDir private static Path folder;
  private static ListingLab lab;

  @BeforeAll
  static void start() {
    lab = new ListingLab(folder, 100, 10_000);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void denyingAnyCallNeverAddsAFinding() throws Exception {
    try (Connected at = lab.connect()) {
      NearMisses estate = new NearMisses(at.customer(), HOME);
      estate.build();
      Account account = at.account();
      Map<String, Set<String>> asked = new TreeMap<>();
      for (Kind kind : Catalogue.KINDS) {
        lab.proxy.forgetCalls();
        lab.list(account, HOME, kind.id());
        for (String call : calls())
          asked.computeIfAbsent(call, c -> new HashSet<>()).add(kind.id());
      }
      lab.proxy.forgetCalls();
      Judged whole = lab.judge(account);
      assertThat(whole.findings()).isEqualTo(estate.waste());
      assertThat(whole.unknown()).isEqualTo(estate.unknown());
      Set<String> later = calls();
      for (String call : later) asked.putIfAbsent(call, Set.of());
      assertThat(later).contains("DescribeImageAttribute", "DescribeSnapshotAttribute");
      for (Map.Entry<String, Set<String>> one : asked.entrySet()) {
        lab.proxy.when(call -> name(call).equals(one.getKey()), new Fault.Deny());
        for (String kind : one.getValue()) lab.list(account, HOME, kind);
        assertThat(estate.waste())
            .as("denied " + one.getKey())
            .containsAll(lab.judge(account).findings());
        lab.proxy.healAll();
        for (String kind : one.getValue()) lab.list(account, HOME, kind);
      }
      assertThat(lab.judge(account)).isEqualTo(whole);
    }
  }

  /** The same account on pages of five. */
  @Test
  void theSizeOfPagesDoesNotMatter(@TempDir Path other) throws Exception {
    try (ListingLab small = new ListingLab(other, 5, 10_000);
        Connected at = small.connect()) {
      NearMisses estate = new NearMisses(at.customer(), HOME);
      estate.build();
      for (Kind kind : Catalogue.KINDS) small.list(at.account(), HOME, kind.id());
      Judged judged = small.judge(at.account());
      assertThat(judged.findings()).isEqualTo(estate.waste());
      assertThat(judged.unknown()).isEqualTo(estate.unknown());
    }
  }

  private static Set<String> calls() {
    Set<String> names = new TreeSet<>();
    lab.proxy.calls().stream()
        .filter(call -> !call.action().equals("AssumeRole"))
        .forEach(call -> names.add(name(call)));
    return names;
  }

  /** S3 and Lambda have no names of operations. */
  private static String name(AwsCall call) {
    return call.action().contains(" ") ? call.action() + " " + call.page() : call.action();
  }
}
