package dev.steward.domain.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values that leave the platform (RFC 4180). A text that a spreadsheet would take
 * for a formula is led by an apostrophe (OWASP, CSV Injection); a number is none.
 */
public final class Csv {
  /** The full-width ones too, which spreadsheets in East Asia take for the others. */
  private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private final StringBuilder text = new StringBuilder();
  private final CSVPrinter printer;

  public Csv(@Nullable Object... header) {
    try {
      printer = new CSVPrinter(text, CSVFormat.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    row(header);
  }

  /** A row; null is an empty cell. */
  public Csv row(@Nullable Object... values) {
    try {
      printer.printRecord(Arrays.stream(values).map(Csv::harmless));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object harmless(@Nullable Object value) {
    if (value == null || value instanceof Number) return value;
    String cell = value.toString();
    return isFormula(cell) && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
  }

  /** Some spreadsheets pass over what is blank before it. */
  private static boolean isFormula(String cell) {
    int at = 0;
    while (at < cell.length() && isBlank(cell.charAt(at))) at++;
    return at < cell.length() && FORMULA.indexOf(cell.charAt(at)) >= 0;
  }

  private static boolean isBlank(char c) {
    return Character.getType(c) == Character.SPACE_SEPARATOR || c == '\ufeff' || c == '\u200b';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
