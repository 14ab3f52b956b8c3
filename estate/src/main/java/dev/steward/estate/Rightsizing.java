package dev.steward.estate;

import dev.steward.estate.PeakOutlook.Outlook;
import dev.steward.estate.price.Price;
import dev.steward.estate.price.Quote;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which instance types would do, what each saves, and how likely it is to be too small. A type with
 * less memory is only thought of where memory is measured: what is unknown must not become less.
 *
 * @param ceiling percent of a type's CPU or memory that the peak should not go above
 * @param risk how likely it may do so all the same, 0 to 1
 */
public record Rightsizing(double ceiling, double risk) {
  /**
   * What an instance needs.
   *
   * @param cpu percent of what it has now
   * @param memory the same; null if nobody measures it
   * @param region whose prices count
   * @param busiestDay the mean CPU of the busiest day, in percent; burstable types must sustain it
   * @param priced whether the book's prices of types are those that it pays
   */
  public record Need(
      InstanceType now,
      String region,
      Outlook cpu,
      @Nullable Outlook memory,
      double busiestDay,
      boolean priced) {}

  /**
   * A type that would be cheaper.
   *
   * @param monthly null where the book's prices are not those that the instance pays
   * @param saving null there, too
   * @param cpuRisk how likely the CPU's peak is above the ceiling, 0 to 1
   * @param memoryRisk the same of memory; null if it is unknown, and there is no less of it
   * @param fits whether both are within the risk that may be taken
   */
  public record Option(
      InstanceType type,
      @Nullable Quote monthly,
      @Nullable Quote saving,
      double cpuRisk,
      @Nullable Double memoryRisk,
      boolean fits) {}

  /**
   * The cheaper types that may be thought of: those that the region has a price of. Which is
   * cheaper the book tells for other systems and tenancies too, and how much cheaper it does not.
   */
  public static List<InstanceType> candidates(
      InstanceType type, String region, boolean memoryIsKnown, PriceBook prices) {
    return prices
        .instanceHour(region, type.name())
        .map(now -> cheaper(new Priced(type, now), region, memoryIsKnown, prices))
        .orElse(List.of())
        .stream()
        .map(Priced::type)
        .toList();
  }

  /** A type, and the price of an hour of it. */
  private record Priced(InstanceType type, Price hour) {}

  private static List<Priced> cheaper(
      Priced now, String region, boolean memoryIsKnown, PriceBook prices) {
    return now.type().alternatives(region, prices).stream()
        .flatMap(type ->
            prices.instanceHour(region, type.name()).map(hour -> new Priced(type, hour)).stream())
        .filter(other -> other.hour().usd() < now.hour().usd())
        .filter(other -> memoryIsKnown || other.type().memoryGib() >= now.type().memoryGib())
        .sorted(Comparator.comparing((Priced other) -> other.hour().usd()))
        .toList();
  }

  /** Each of them with what it saves and risks, the cheapest first. */
  public List<Option> options(Need need, PriceBook prices) {
    Optional<Price> hour = prices.instanceHour(need.region(), need.now().name());
    if (hour.isEmpty()) return List.of();
    Priced now = new Priced(need.now(), hour.get());
    return cheaper(now, need.region(), need.memory() != null, prices).stream()
        .map(other -> option(need, now, other))
        .toList();
  }

  /** The cheapest that fits; empty if the present type is the right one. */
  public Optional<Option> recommended(Need need, PriceBook prices) {
    return options(need, prices).stream().filter(Option::fits).findFirst();
  }

  private Option option(Need need, Priced before, Priced other) {
    InstanceType type = other.type();
    Quote now = Quote.hours(before.hour());
    Quote then = Quote.hours(other.hour());
    double cores = (double) need.now().vcpus() / type.vcpus();
    double cpuRisk = need.cpu().riskAbove(ceiling / cores);
    Outlook memory = need.memory();
    Double memoryRisk =
        memory == null
            ? null
            : Double.valueOf(memory.riskAbove(ceiling * type.memoryGib() / need.now().memoryGib()));
    boolean sustained = need.busiestDay() * cores <= 100 * type.baseline();
    return new Option(
        type,
        need.priced() ? then : null,
        need.priced() ? now.minus(then) : null,
        cpuRisk,
        memoryRisk,
        sustained
            && cpuRisk <= risk
            // No less of it risks nothing, whatever is known of it.
            && (memoryRisk == null
                || memoryRisk <= risk
                || type.memoryGib() >= need.now().memoryGib()));
  }
}
