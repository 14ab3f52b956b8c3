package dev.steward.domain.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Json;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Series as JSON: a list of {@code {"id": "web", "start": "2026-01-31", "values": [1, null, 2.5]}},
 * where {@code start} may be left out and null is a missing value. Read piece by piece, so that no
 * more is kept than is taken.
 */
public final class SeriesJson {
  private final JsonParser json;
  private final Gathering gathering;

  private SeriesJson(JsonParser json, Gathering gathering) {
    this.json = json;
    this.gathering = gathering;
  }

  /**
   * @throws dev.steward.model.ProblemException INVALID with the first violations, by the place
   */
  public static List<Series> parse(byte[] content, Frequency frequency) {
    Gathering gathering = new Gathering(frequency);
    String text = SeriesCsv.text(content, "is not JSON in UTF-8");
    try (JsonParser json = Json.MAPPER.createParser(text)) {
      new SeriesJson(json, gathering).read();
    } catch (JsonProcessingException e) {
      throw Problem.invalid(
          List.of(
              new Violation(
                  "",
                  "is not JSON"
                      + (e.getLocation() == null ? "" : ": line " + e.getLocation().getLineNr()))));
    } catch (IOException e) {
      throw Problem.invalid(List.of(new Violation("", "is not JSON")));
    }
    return gathering.series();
  }

  private void read() throws IOException {
    if (json.nextToken() != JsonToken.START_ARRAY) {
      gathering.wrong("", "must be a list of series");
      return;
    }
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY && !gathering.isEnough(); i++)
      series("[" + i + "]");
    if (!gathering.isEnough() && json.nextToken() != null)
      gathering.wrong("", "has something behind the list");
  }

  private void series(String at) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      gathering.wrong(at, "must be an object with id and values");
      json.skipChildren();
      return;
    }
    String id = null;
    Instant start = null;
    double[] values = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = text(at + ".id");
        case "start" -> {
          String said = json.currentToken() == JsonToken.VALUE_NULL ? null : text(at + ".start");
          start = said == null ? null : gathering.time(at + ".start", said);
        }
        case "values" -> values = values(at + ".values");
        default -> {
          gathering.wrong(at + "." + field, "is not known; there are id, start and values");
          json.skipChildren();
        }
      }
    }
    if (id == null || values == null) gathering.wrong(at, "needs id and values");
    else gathering.add(at, new Series(id.strip(), start, values));
  }

  private @Nullable String text(String at) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) return json.getText();
    gathering.wrong(at, "must be a text");
    json.skipChildren();
    return null;
  }

  private double[] values(String at) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      gathering.wrong(at, "must be a list of numbers");
      json.skipChildren();
      return new double[0];
    }
    double[] values = new double[16];
    int length = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (length == Gathering.LONGEST) {
        gathering.wrong(at, "a series has at most " + Gathering.LONGEST + " values");
        skipRest();
        break;
      }
      if (length == values.length) values = Arrays.copyOf(values, 2 * length);
      values[length] = value(at + "[" + length + "]");
      length++;
    }
    return Arrays.copyOf(values, length);
  }

  private void skipRest() throws IOException {
    json.skipChildren();
    while (json.nextToken() != JsonToken.END_ARRAY) json.skipChildren();
  }

  private double value(String at) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) return Double.NaN;
    if (token.isNumeric()) return gathering.number(at, json.getDoubleValue());
    gathering.wrong(at, "must be a number or null");
    json.skipChildren();
    return Double.NaN;
  }
}
