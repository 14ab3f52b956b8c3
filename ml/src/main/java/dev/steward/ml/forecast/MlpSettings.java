package dev.steward.ml.forecast;

import dev.steward.ml.score.ForecastScores;
import dev.steward.ml.torch.NetSettings;
import dev.steward.ml.torch.NetShape;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.LabProblem;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a {@link QuantileMlp} is built and trained.
 *
 * @param problem whether each step ahead is told, or the peak of them all
 * @param season steps of the shorter season, which scales: 24 for hours, 7 for days
 * @param week steps of the longer season, which is the base: 168 for hours, 7 for days
 * @param window steps of history that go in; whole weeks
 * @param horizon steps ahead
 * @param members nets whose forecasts are averaged; each has a seed of its own
 * @param stride steps between the windows that are learnt from
 */
public record MlpSettings(
    LabProblem problem,
    int season,
    int week,
    int window,
    int horizon,
    int hidden,
    int blocks,
    int members,
    int stride,
    int epochs,
    int batch,
    double learningRate,
    double weightDecay,
    double dropout,
    long seed) {
  /** For hourly series: two weeks in, two days out. */
  public static MlpSettings hourly() {
    return new MlpSettings(
        LabProblem.FORECAST, 24, 168, 336, 48, 384, 2, 3, 1, 24, 1024, 1e-3, 1e-2, 0, 1);
  }

  /** For daily series: 32 weeks in, eight weeks out. */
  public static MlpSettings daily() {
    return new MlpSettings(
        LabProblem.FORECAST, 7, 7, 224, 56, 384, 2, 3, 1, 30, 512, 1e-3, 1e-2, 0.6, 1);
  }

  /** For the peak of hourly maxima: a fortnight in, the peak of the next one out. */
  public static MlpSettings peak() {
    return new MlpSettings(
        LabProblem.RIGHTSIZING,
        24,
        168,
        Peak.HOURS,
        Peak.HOURS,
        64,
        1,
        3,
        168,
        60,
        64,
        2e-3,
        1e-2,
        0.3,
        1);
  }

  /**
   * The usual settings.
   *
   * @throws dev.steward.model.ProblemException INVALID if the problem is none of this frequency
   */
  public static MlpSettings of(LabProblem problem, Frequency frequency) {
    if (problem == LabProblem.FORECAST) return of(frequency);
    if (frequency == Frequency.HOURLY) return peak();
    throw Problem.invalid(
        List.of(new Violation("data_set", "must be hourly maxima for rightsizing")));
  }

  public static MlpSettings of(Frequency frequency) {
    return frequency == Frequency.HOURLY ? hourly() : daily();
  }

  /** What may be chosen, by name; the season and the week follow from the frequency. */
  public static final List<String> NAMES =
      List.of(
          "window",
          "horizon",
          "hidden",
          "blocks",
          "members",
          "stride",
          "epochs",
          "batch",
          "learning_rate",
          "weight_decay",
          "dropout",
          "seed");

  /** Whether the setting of this name is a whole number. */
  public static boolean isWhole(String name) {
    return !name.equals("learning_rate") && !name.equals("weight_decay") && !name.equals("dropout");
  }

  /**
   * These settings with others by name.
   *
   * @throws dev.steward.model.ProblemException INVALID with everything that is wrong
   */
  public MlpSettings with(Map<String, Double> others) {
    List<Violation> wrong = new ArrayList<>();
    others.forEach((name, value) -> {
      if (!NAMES.contains(name))
        wrong.add(
            new Violation("settings." + name, "there is none of this name; there are " + NAMES));
      else if (isWhole(name) && (value != Math.rint(value) || Math.abs(value) > 1e9))
        wrong.add(new Violation("settings." + name, "must be a whole number"));
    });
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    MlpSettings made =
        new MlpSettings(
            problem,
            season,
            week,
            others.getOrDefault("window", (double) window).intValue(),
            others.getOrDefault("horizon", (double) horizon).intValue(),
            others.getOrDefault("hidden", (double) hidden).intValue(),
            others.getOrDefault("blocks", (double) blocks).intValue(),
            others.getOrDefault("members", (double) members).intValue(),
            others.getOrDefault("stride", (double) stride).intValue(),
            others.getOrDefault("epochs", (double) epochs).intValue(),
            others.getOrDefault("batch", (double) batch).intValue(),
            others.getOrDefault("learning_rate", learningRate),
            others.getOrDefault("weight_decay", weightDecay),
            others.getOrDefault("dropout", dropout),
            others.getOrDefault("seed", (double) seed).longValue());
    made.violations()
        .forEach(v -> {
          int space = v.indexOf(' ');
          wrong.add(new Violation("settings." + v.substring(0, space), v.substring(space + 1)));
        });
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    return made;
  }

  /** Every setting by name, as a run's parameters are. */
  public Map<String, String> params() {
    Map<String, String> params = new TreeMap<>();
    params.put("season", String.valueOf(season));
    params.put("week", String.valueOf(week));
    params.put("window", String.valueOf(window));
    params.put("horizon", String.valueOf(horizon));
    params.put("hidden", String.valueOf(hidden));
    params.put("blocks", String.valueOf(blocks));
    params.put("members", String.valueOf(members));
    params.put("stride", String.valueOf(stride));
    params.put("epochs", String.valueOf(epochs));
    params.put("batch", String.valueOf(batch));
    params.put("learning_rate", String.valueOf(learningRate));
    params.put("weight_decay", String.valueOf(weightDecay));
    params.put("dropout", String.valueOf(dropout));
    params.put("seed", String.valueOf(seed));
    return params;
  }

  /** What a history and the steps after it are learnt or judged as. */
  public List<Backtest.Origin> origins(List<double[]> series, int count) {
    List<Backtest.Origin> origins = Backtest.origins(series, count, horizon, window);
    if (problem == LabProblem.FORECAST) return origins;
    return origins.stream()
        .map(o -> new Backtest.Origin(o.series(), o.history(), new double[] {Peak.of(o.actual())}))
        .toList();
  }

  /**
   * What an error after this history is measured in: its mean change over a season, or for a peak
   * the peak before. NaN where that is zero: nothing can be scaled by it.
   */
  public double unit(double[] history) {
    double unit =
        problem == LabProblem.RIGHTSIZING
            ? Peak.newest(history, window)
            : ForecastScores.seasonalStep(history, season);
    return unit > 0 ? unit : Double.NaN;
  }

  /** How many numbers a member learns. */
  public int parameters() {
    return shape().parameters();
  }

  NetShape shape() {
    if (problem == LabProblem.RIGHTSIZING)
      return new NetShape(
          PeakView.features(window), 1, QuantileForecast.LEVELS.length, hidden, blocks);
    return new NetShape(window, horizon, QuantileForecast.LEVELS.length, hidden, blocks);
  }

  NetSettings net(int member) {
    return new NetSettings(epochs, batch, learningRate, weightDecay, dropout, seed + member);
  }

  /** Where the window of a member is centred: members that look differently err differently. */
  Centre centre(int member) {
    return Centre.values()[member % Centre.values().length];
  }

  /** Everything that is wrong with these settings; empty if nothing is. */
  public List<String> violations() {
    List<String> wrong = new ArrayList<>();
    within(wrong, "season", season, 1, 1000);
    within(wrong, "week", week, 1, 1000);
    within(wrong, "window", window, 2, 2000);
    within(wrong, "horizon", horizon, 1, 500);
    within(wrong, "hidden", hidden, 1, 2048);
    within(wrong, "blocks", blocks, 0, 8);
    within(wrong, "members", members, 1, 10);
    within(wrong, "stride", stride, 1, 1000);
    within(wrong, "epochs", epochs, 1, 1000);
    within(wrong, "batch", batch, 1, 8192);
    within(wrong, "learning_rate", learningRate, 1e-6, 1);
    within(wrong, "weight_decay", weightDecay, 0, 1);
    within(wrong, "dropout", dropout, 0, 0.9);
    if (problem == LabProblem.RIGHTSIZING && window % 24 != 0)
      wrong.add("window must be whole days");
    if (week < season) wrong.add("week must not be shorter than season");
    if (window < week || window <= season)
      wrong.add("window must hold a week and more than a season");
    return wrong;
  }

  private static void within(
      List<String> wrong, String name, double value, double least, double most) {
    // Written so that NaN is wrong, too.
    if (!(value >= least && value <= most))
      wrong.add(
          String.format(Locale.ROOT, "%s must be from %s to %s", name, plain(least), plain(most)));
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
