package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What was read of something, with its type: a text, a number or a yes or no. It is kept and
 * answered as what JSON has for it, so that rows from before, which hold texts, are read too.
 */
public sealed interface Fact {
  /** Of an id, too, whatever it is made of. */
  record Text(@JsonValue String value) implements Fact {
    @Override
    public String toString() {
      return value;
    }
  }

  /** Never in exponents, and equal where it is the same number. */
  record Figure(@JsonValue BigDecimal value) implements Fact {
    public Figure {
      BigDecimal shortest = value.stripTrailingZeros();
      value = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    @Override
    public String toString() {
      return value.toPlainString();
    }
  }

  record Flag(@JsonValue boolean value) implements Fact {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /**
   * A moment is a text in UTC to the millisecond, as everywhere; what is no number as a double is
   * the text that it is not known.
   *
   * @param value a text, a number, a yes or no, or a moment
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Fact of(Object value) {
    return switch (value) {
      case Fact fact -> fact;
      case String text -> new Text(text);
      case Boolean flag -> new Flag(flag);
      case Instant at -> new Text(Moment.written(at));
      case BigDecimal exact -> new Figure(exact);
      case Double number when !Double.isFinite(number) -> new Text("not known");
      case Number number -> new Figure(new BigDecimal(number.toString()));
      default -> throw new IllegalArgumentException("no fact: " + value.getClass().getName());
    };
  }
}
