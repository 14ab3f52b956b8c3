package dev.steward.api.ai;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.data.OwnSeries;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.domain.serve.Outlooks;
import dev.steward.domain.serve.Peaks;
import dev.steward.estate.InstanceType;
import dev.steward.estate.PeakOutlook.Outlook;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Rightsizing;
import dev.steward.estate.Rightsizing.Need;
import dev.steward.estate.Rightsizing.Option;
import dev.steward.estate.ec2.Instances;
import dev.steward.estate.price.Quote;
import dev.steward.ml.forecast.PeakRule;
import dev.steward.model.Account;
import dev.steward.model.Money;
import dev.steward.model.Problem;
import dev.steward.model.Resource;
import dev.steward.model.Violation;
import dev.steward.storage.Chunks;
import dev.steward.storage.Own;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which instance type would do: for an instance of an account, or for series that are sent. */
public final class RightsizingOperations {
  private static final String REGION = "us-east-1";
  private static final double CEILING = 80;
  private static final double RISK = 0.05;

  private final Peaks peaks;
  private final PriceBook prices;

  public RightsizingOperations(Peaks peaks, PriceBook prices) {
    this.peaks = peaks;
    this.prices = prices;
  }

  /**
   * Either an instance of an account, whose metrics the last scan read, or a type and its series.
   *
   * @param region of the instance, or whose prices count for the type: us-east-1 if it is left out
   * @param cpu percent of the type's CPU: the maximum of each hour, oldest first, null where there
   *     is none; at least a fortnight
   * @param memory the same of its memory; what is left out is unknown, and never made less
   * @param maxUtilization percent that the peak should not go above; 80 if it is left out
   * @param maxRisk how likely it may, 0.025 to 0.5; 0.05 if it is left out
   */
  public record Body(
      @Rule(min = 1) @Nullable String account,
      @Rule(min = 1, max = 40) @Nullable String region,
      @Rule(min = 1, max = 512) @Nullable String resource,
      @Rule(min = 1, max = 40) @Nullable String instanceType,
      @Rule(min = 1, max = AiOperations.LONGEST) @Nullable List<Double> cpu,
      @Rule(min = 1, max = AiOperations.LONGEST) @Nullable List<Double> memory,
      @Nullable Double maxUtilization,
      @Nullable Double maxRisk) {}

  /**
   * The peak of the next fortnight, in percent of what the instance has now.
   *
   * @param forecastBy the model with its version, or the rule
   * @param before the peak of the last fortnight
   * @param quantiles by level
   */
  record PeakView(String forecastBy, double before, Map<String, Double> quantiles) {}

  /**
   * A cheaper type.
   *
   * @param monthly null where the price book has no price of the instance's system, tenancy or way
   *     of buying
   * @param saving null there, too
   * @param cpuRisk how likely the peak of the next fortnight is above the limit, 0 to 1
   * @param memoryRisk the same; null if memory is unknown, and there is no less of it
   * @param fits whether the risks are within the one that may be taken
   */
  record OptionView(
      String instanceType,
      int vcpus,
      double memoryGib,
      @Nullable Money monthly,
      @Nullable Money saving,
      double cpuRisk,
      @Nullable Double memoryRisk,
      boolean fits) {}

  /**
   * @param region whose prices they are
   * @param recommended null if the present type is the right one, or if nobody can tell
   * @param saving null if there is none, or if the price book cannot tell it
   * @param unknown why nobody can tell; null if somebody can
   * @param memory null if nobody measures it
   * @param options the cheaper types that were thought of, the cheapest first
   */
  record View(
      String instanceType,
      String region,
      @Nullable String recommended,
      @Nullable Money saving,
      @Nullable String unknown,
      @Nullable PeakView cpu,
      @Nullable PeakView memory,
      List<OptionView> options,
      String priceBook) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client(
                "POST",
                "/ai/rightsizing",
                "ai",
                "Which instance type would do for the next fortnight's peak, at what risk and saving")
            .takes(Body.class)
            .gives(View.class)
            .refuses(404)
            .repeatable("it only computes")
            .answers(this::answer));
  }

  /**
   * @param busiestDay the mean CPU of the busiest day, in percent
   * @param priced whether it pays the price book's prices; a type alone is asked about as those
   */
  private record Asked(
      InstanceType type,
      String region,
      double[] cpu,
      double @Nullable [] memory,
      double busiestDay,
      boolean priced,
      PeakRule rule) {}

  private View answer(Invocation<Body> request) {
    Body body = request.body();
    List<Violation> wrong = new ArrayList<>();
    double ceiling = body.maxUtilization() == null ? CEILING : body.maxUtilization();
    double risk = body.maxRisk() == null ? RISK : body.maxRisk();
    if (!(ceiling >= 10 && ceiling <= 100))
      wrong.add(new Violation("max_utilization", "must be from 10 to 100"));
    if (!(risk >= 0.025 && risk <= 0.5))
      wrong.add(new Violation("max_risk", "must be from 0.025 to 0.5"));
    boolean sent = body.cpu() != null || body.instanceType() != null;
    boolean named = body.account() != null || body.resource() != null;
    if (sent == named)
      wrong.add(
          new Violation(
              "resource", "with account and region, or instance_type with cpu, is needed"));
    else if (named) {
      required(wrong, "account", body.account());
      required(wrong, "region", body.region());
      required(wrong, "resource", body.resource());
    } else {
      required(wrong, "instance_type", body.instanceType());
      required(wrong, "cpu", body.cpu());
      percent(wrong, "cpu", body.cpu());
      percent(wrong, "memory", body.memory());
    }
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    Asked asked = named ? stored(request, body) : sent(body);
    return view(asked, new Rightsizing(ceiling, risk), request);
  }

  private static void required(List<Violation> wrong, String field, @Nullable Object value) {
    if (value == null) wrong.add(new Violation(field, "is required"));
  }

  private static void percent(List<Violation> wrong, String field, @Nullable List<Double> values) {
    if (values == null) return;
    for (int i = 0; i < values.size() && wrong.size() < 20; i++)
      if (values.get(i) < 0 || values.get(i) > 100)
        wrong.add(new Violation(field + "[" + i + "]", "must be from 0 to 100, in percent"));
  }

  private static InstanceType type(String field, @Nullable String name) {
    return InstanceType.of(String.valueOf(name))
        .orElseThrow(() ->
            Problem.invalid(
                List.of(
                    new Violation(
                        field,
                        name
                            + " is not known, or what it needs beside CPU and memory is not measured"))));
  }

  private static Asked sent(Body body) {
    double[] cpu = array(body.cpu() == null ? List.of() : body.cpu());
    return new Asked(
        type("instance_type", body.instanceType()),
        body.region() == null ? REGION : body.region(),
        cpu,
        body.memory() == null ? null : array(body.memory()),
        busiestDay(cpu),
        true,
        PeakRule.shipped());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** From hourly maxima, so rather too high. */
  private static double busiestDay(double[] hours) {
    double most = 0;
    for (int day = hours.length % 24; day + 24 <= hours.length; day += 24)
      most =
          Math.max(
              most,
              Arrays.stream(hours, day, day + 24).filter(Double::isFinite).average().orElse(0));
    return most;
  }

  private Asked stored(Request request, Body body) {
    Own own = request.own();
    Account account = AccountViews.find(own, String.valueOf(body.account()));
    String region = String.valueOf(body.region());
    Resource instance =
        new Estates(own.state())
            .find(account.id(), Instances.ID, region, String.valueOf(body.resource()))
            .orElseThrow(() -> Problem.notFound("instance"));
    Map<String, double[]> metrics =
        Chunks.metrics(own.state(), Chunks.metricsKey(account.id(), region, Instances.ID))
            .getOrDefault(instance.id(), Map.of());
    double[] cpu = metrics.getOrDefault("cpu_hour", new double[0]);
    double[] daily = metrics.getOrDefault("cpu", new double[0]);
    return new Asked(
        type("resource", instance.attribute("instance_type")),
        region,
        cpu,
        metrics.get("memory_hour"),
        Arrays.stream(daily).filter(Double::isFinite).max().orElse(busiestDay(cpu)),
        PriceBook.paysLinuxHours(instance),
        Outlooks.rule(
            OwnSeries.hourly(own.state(), List.of(account)).stream()
                .map(h -> h.series().values())));
  }

  private View view(Asked asked, Rightsizing rightsizing, Request request) {
    Outlooks outlooks = new Outlooks(peaks, request.organization(), asked.rule());
    InstanceType type = asked.type();
    Optional<Outlook> cpu = outlooks.of(asked.cpu());
    double[] measured = asked.memory();
    Outlook memory = measured == null ? null : outlooks.of(measured).orElse(null);
    if (cpu.isEmpty() || prices.instanceHour(asked.region(), type.name()).isEmpty())
      return new View(
          type.name(),
          asked.region(),
          null,
          null,
          cpu.isEmpty()
              ? "too few hours of the last fortnight are known"
              : "there is no price of " + type.name() + " in " + asked.region(),
          null,
          memory == null ? null : view(memory),
          List.of(),
          prices.version());
    Need need =
        new Need(type, asked.region(), cpu.get(), memory, asked.busiestDay(), asked.priced());
    List<Option> options = rightsizing.options(need, prices);
    Optional<Option> best = options.stream().filter(Option::fits).findFirst();
    return new View(
        type.name(),
        asked.region(),
        best.map(o -> o.type().name()).orElse(null),
        best.map(Option::saving).map(Quote::money).orElse(null),
        null,
        view(cpu.get()),
        memory == null ? null : view(memory),
        options.stream()
            .map(o ->
                new OptionView(
                    o.type().name(),
                    o.type().vcpus(),
                    o.type().memoryGib(),
                    money(o.monthly()),
                    money(o.saving()),
                    o.cpuRisk(),
                    o.memoryRisk(),
                    o.fits()))
            .toList(),
        prices.version());
  }

  private static @Nullable Money money(@Nullable Quote quote) {
    return quote == null ? null : quote.money();
  }

  private static PeakView view(Outlook outlook) {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    for (int q = 0; q < outlook.levels().length; q++)
      quantiles.put(String.valueOf(outlook.levels()[q]), outlook.quantiles()[q]);
    return new PeakView(outlook.by(), outlook.before(), quantiles);
  }
}
