package dev.steward.domain.holdings;

import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.Finding;
import dev.steward.model.Listing;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found in each of an organization's accounts, and in all of them. */
public final class Holdings {
  private static final Derived<Holdings> DERIVED =
      Derived.of(List.of(Tables.ACCOUNTS, Tables.LISTINGS, Tables.FINDINGS), Holdings::new);

  private final Map<AccountId, Holding> byAccount = new HashMap<>();
  private final Holding all;

  private Holdings(Own own) {
    Map<AccountId, List<Finding>> findings =
        own.all(Tables.FINDINGS).collect(Collectors.groupingBy(Finding::account));
    List<Listing> everyLine = new ArrayList<>();
    List<Finding> everyFinding = new ArrayList<>();
    for (Account account : own.all(Tables.ACCOUNTS).toList()) {
      List<Listing> lines =
          own.under(Tables.ACCOUNTS, account.id().value(), Tables.LISTINGS).toList();
      List<Finding> found = findings.getOrDefault(account.id(), List.of());
      byAccount.put(account.id(), Holding.of(lines, found));
      everyLine.addAll(lines);
      everyFinding.addAll(found);
    }
    all = Holding.of(everyLine, everyFinding);
  }

  public static Holdings of(Own own) {
    return DERIVED.of(own);
  }

  public Holding in(Account account) {
    return byAccount.getOrDefault(account.id(), Holding.NONE);
  }

  public Holding all() {
    return all;
  }
}
