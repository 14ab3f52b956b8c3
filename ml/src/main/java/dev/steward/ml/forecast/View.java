package dev.steward.ml.forecast;

/** What a net sees of one history, and how its answer is read. */
interface View {
  /** As long as the net's window. */
  float[] x();

  /** As long as the net's horizon. */
  float[] base();

  /** An answer of the net in the unit of the series. */
  double out(double answer);

  /** The end of a history, as a member of a model sees it. */
  static View of(double[] history, MlpSettings settings, int member) {
    return switch (settings.problem()) {
      case FORECAST -> new SeriesView(history, settings, settings.centre(member));
      case RIGHTSIZING -> PeakView.of(history, history.length, settings.window());
    };
  }

  /** A window and the week before, scaled alike. */
  record SeriesView(double[] history, MlpSettings settings, Scaling scaling) implements View {
    SeriesView(double[] history, MlpSettings settings, Centre centre) {
      this(history, settings, Scaling.of(history, history.length, settings, centre));
    }

    @Override
    public float[] x() {
      float[] x = new float[settings.window()];
      int start = history.length - x.length;
      for (int t = 0; t < x.length; t++) x[t] = scaling.in(history[start + t]);
      return x;
    }

    @Override
    public float[] base() {
      float[] base = new float[settings.horizon()];
      for (int h = 0; h < base.length; h++)
        base[h] = scaling.in(SeriesBatches.base(history, history.length, h, settings.week()));
      return base;
    }

    @Override
    public double out(double answer) {
      return scaling.out(answer);
    }
  }
}
