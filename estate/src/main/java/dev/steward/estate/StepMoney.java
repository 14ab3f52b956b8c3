package dev.steward.estate;

import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Quote;
import dev.steward.model.Money;
import dev.steward.model.MoneyPart;
import dev.steward.model.MoneyPart.Role;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an action on a resource ends, leaves and begins, at list price, as its row says. Its saving
 * is what ends less what begins; what stays was paid before and is paid on. A check's figure is
 * never taken over: it may count what the action leaves. Pure.
 */
public final class StepMoney {
  /** Says all parts of what a step costs and saves; empty where nobody knows the price of one. */
  @FunctionalInterface
  public interface Rule {
    void tell(StepMoney money);
  }

  private final PriceBook prices;
  private final Kind.Cost cost;
  private final Resource resource;
  private final Map<String, String> parameters;
  private final Beside beside;
  private final List<MoneyPart> parts = new ArrayList<>();

  StepMoney(
      PriceBook prices,
      Kind.Cost cost,
      Resource resource,
      Map<String, String> parameters,
      Beside beside) {
    this.prices = prices;
    this.cost = cost;
    this.resource = resource;
    this.parameters = parameters;
    this.beside = beside;
  }

  List<MoneyPart> told(Rule rule) {
    rule.tell(this);
    return List.copyOf(parts);
  }

  /** What ends less what begins; null where the price of either is not known. */
  public static @Nullable Money saving(List<MoneyPart> parts) {
    long micros = 0;
    for (MoneyPart part : parts) {
      if (part.role() == Role.STAYS) continue;
      Money monthly = part.monthly();
      if (monthly == null) return null;
      micros += part.role() == Role.ENDS ? monthly.micros() : -monthly.micros();
    }
    return new Money(micros);
  }

  public PriceBook prices() {
    return prices;
  }

  public Resource resource() {
    return resource;
  }

  public Map<String, String> parameters() {
    return parameters;
  }

  /** When the resource was seen as it is; null where nobody knows. */
  public @Nullable Instant seen() {
    return beside.at();
  }

  /** What the resource is made of; null where it was not answered. */
  public @Nullable List<Resource> parts() {
    return beside.parts();
  }

  /** A month of the resource. */
  public Optional<Quote> monthly() {
    return cost.monthly(resource, prices);
  }

  /** A month of another one of its kind. */
  public Optional<Quote> monthly(Resource like) {
    return cost.monthly(like, prices);
  }

  /** The resource with these attributes. */
  public Resource as(Map<String, String> attributes) {
    Map<String, String> changed = new TreeMap<>(resource.attributes());
    changed.putAll(attributes);
    return resource.with(changed);
  }

  /** A month of as many gigabytes as the resource has. */
  public Optional<Quote> sized(Unit unit) {
    return prices.sized(resource, unit);
  }

  /** Of all of them; empty where they, or the price of one, are not known. */
  public static Optional<Quote> sum(
      @Nullable List<Resource> all, Function<Resource, Optional<Quote>> price) {
    return all == null ? Optional.empty() : Quote.sum(all, price);
  }

  public StepMoney ends(String what, Optional<Quote> monthly) {
    return add(Role.ENDS, what, monthly);
  }

  public StepMoney stays(String what, Optional<Quote> monthly) {
    return add(Role.STAYS, what, monthly);
  }

  public StepMoney begins(String what, Optional<Quote> monthly) {
    return add(Role.BEGINS, what, monthly);
  }

  private StepMoney add(Role role, String what, Optional<Quote> monthly) {
    parts.add(new MoneyPart(role, what, monthly.map(Quote::money).orElse(null)));
    return this;
  }
}
