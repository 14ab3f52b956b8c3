package dev.steward.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a body as JSON, strictly: no name twice, no half characters, and bounds on all of it. */
final class JsonBody {
  /** The only way in for half a character: bytes that are UTF-8 have none. */
  private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private static final ObjectReader READER =
      HttpJson.MAPPER.reader().with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private JsonBody() {}

  /**
   * @return an empty object where there is nothing
   * @throws ProblemException MALFORMED, and where
   */
  static JsonNode parse(String text) {
    if (text.isEmpty()) return HttpJson.MAPPER.createObjectNode();
    JsonNode json = read(text);
    if (SURROGATE.matcher(text).find() && !isWhole(json))
      throw malformed("the body has half of a surrogate pair (\\ud800 to \\udfff)");
    return json;
  }

  private static JsonNode read(String text) {
    try {
      return READER.readTree(text);
    } catch (StreamConstraintsException e) {
      throw malformed(
          "the body goes too far: JSON may be 1000 levels deep, its numbers may have 1000 digits, its"
              + " names 50000 characters");
    } catch (JsonProcessingException e) {
      throw e.getOriginalMessage().startsWith("Duplicate field")
          ? malformed("the body has a name twice in one object" + where(e))
          : malformed("the body is not JSON" + where(e));
    }
  }

  private static String where(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static boolean isWhole(JsonNode json) {
    if (json.isTextual()) return Utf8.isWhole(json.textValue());
    for (Map.Entry<String, JsonNode> field : json.properties())
      if (!Utf8.isWhole(field.getKey()) || !isWhole(field.getValue())) return false;
    if (json.isArray()) for (JsonNode item : json) if (!isWhole(item)) return false;
    return true;
  }

  private static ProblemException malformed(String why) {
    return Problem.of(Problem.Type.MALFORMED, why);
  }
}
