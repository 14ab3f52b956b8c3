package dev.steward.activities.discovery;

import dev.steward.model.AccountId;
import dev.steward.model.Differences;
import dev.steward.model.Listing;
import dev.steward.model.ResourceDifference;
import dev.steward.model.ResourceDifference.What;
import dev.steward.storage.Chunks;
import dev.steward.storage.Events;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a discovery found otherwise than the one before, packed before the write that tells it. */
record ChangesSeen(Chunks.PackedDifferences packed, List<ResourceDifference> all) {
  /** Of more than these a listing tells by their number only; all of them are kept. */
  static final int MOST_EVENTS = 50;

  /** Empty where nothing is otherwise. */
  static Optional<ChangesSeen> of(Listing line, List<ResourceDifference> all) {
    if (all.isEmpty()) return Optional.empty();
    Differences row =
        new Differences(
            line.account(),
            line.discovery(),
            line.region(),
            line.kind(),
            line.at(),
            count(all, What.APPEARED),
            count(all, What.CHANGED),
            count(all, What.GONE));
    return Optional.of(new ChangesSeen(Chunks.packDifferences(row, all), all));
  }

  void tell(Transaction t) {
    packed.put(t);
    Differences row = packed.row();
    if (all.size() > MOST_EVENTS)
      event(t, "inventory.changed", row.region() + " " + row.kind() + ": " + row.words());
    else
      for (ResourceDifference one : all)
        event(
            t,
            "resource." + one.what().name().toLowerCase(Locale.ROOT),
            one.region() + " " + row.kind() + " " + one.id() + fields(one));
  }

  private void event(Transaction t, String type, String detail) {
    AccountId account = packed.row().account();
    Events.append(
        t,
        t.find(Tables.ACCOUNTS, account.value()).orElseThrow().organization(),
        type,
        account.value(),
        detail,
        packed.row().at());
  }

  private static int count(List<ResourceDifference> all, What what) {
    return (int) all.stream().filter(one -> one.what() == what).count();
  }

  private static String fields(ResourceDifference one) {
    return one.fields().isEmpty()
        ? ""
        : one.fields().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(field ->
                field.getKey()
                    + " "
                    + field.getValue().before()
                    + " -> "
                    + field.getValue().after())
            .collect(Collectors.joining(", ", ": ", ""));
  }
}
