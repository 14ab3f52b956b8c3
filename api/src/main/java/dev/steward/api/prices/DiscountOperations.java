package dev.steward.api.prices;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Sorts;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.waste.Discounts;
import dev.steward.model.AccountId;
import dev.steward.model.Discount;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an organization says that it pays less than list price. */
public final class DiscountOperations {
  private static final Sorts<Discount> SORTS =
      Sorts.<Discount>of(Discount::key).time("set_at", Discount::setAt).first("-set_at");

  private final InstantSource clock;

  public DiscountOperations(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param percent off the list price, at least 0 and below 100
   */
  public record DiscountBody(Double percent) {}

  /**
   * @param account {@code all} for every account that has none of its own
   */
  public record DiscountView(String account, double percent, String user, Instant setAt) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("GET", "/waste/prices/discounts", "waste", "Discounts that savings are after")
            .list(DiscountView.class, SORTS)
            .paged(Tables.DISCOUNTS, DiscountOperations::view),
        client(
                "GET",
                "/waste/prices/discounts/{account}",
                "waste",
                "The discount of an account, or of all that have none of their own")
            .gives(DiscountView.class)
            .refuses(404)
            .answers(call -> view(get(call.own(), call))),
        client(
                "PUT",
                "/waste/prices/discounts/{account}",
                "waste",
                "Set it: savings are after it from now on, with the list price beside them")
            .about(call -> account(call.own(), call))
            .takes(DiscountBody.class)
            .gives(DiscountView.class)
            .refuses(404)
            .writes(this::set),
        client(
                "DELETE",
                "/waste/prices/discounts/{account}",
                "waste",
                "Take it away: savings are at list price again")
            .gives(DiscountView.class)
            .refuses(404)
            .writes((call, t) -> {
              Discount discount = get(call.own(t), call);
              Discounts.remove(t, discount);
              return view(discount);
            }));
  }

  private static Discount get(Own own, Request request) {
    AccountId account = account(own, request);
    return own.find(
            Tables.DISCOUNTS,
            Discount.key(own.organization(), account == null ? Discount.ALL : account.value()))
        .orElseThrow(() -> Problem.notFound("discount"));
  }

  private static @Nullable AccountId account(Own own, Request request) {
    String named = request.path("account");
    return named.equals(Discount.ALL) ? null : AccountViews.find(own, named).id();
  }

  private DiscountView set(Invocation<DiscountBody> call, Transaction t) {
    double percent = call.body().percent();
    if (!(percent >= 0 && percent < 100))
      throw Problem.invalid(List.of(new Violation("percent", "must be at least 0 and below 100")));
    return view(
        Discounts.set(
            t,
            new Discount(
                call.organization(),
                account(call.own(t), call),
                percent,
                call.principal().username(),
                clock.instant())));
  }

  private static DiscountView view(Discount d) {
    return new DiscountView(
        d.account() == null ? Discount.ALL : d.account().value(), d.percent(), d.user(), d.setAt());
  }
}
