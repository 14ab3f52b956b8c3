package dev.steward.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.steward.model.Json;
import dev.steward.model.Moment;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * JSON as it goes over the wire: as everywhere, but enum constants in lower case, and times in UTC
 * to the millisecond, all of the same length.
 */
public final class HttpJson {
  public static final ObjectMapper MAPPER =
      Json.MAPPER
          .copy()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // The same thing is the same bytes, whichever way its maps are kept: ETags are made of
          // them.
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .registerModule(
              new SimpleModule()
                  .addSerializer(Enum.class, new LowerCase())
                  .addSerializer(Instant.class, new Milliseconds()));

  private HttpJson() {}

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass().getName(), e);
    }
  }

  /** A constant as it is written and read. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The constants of an enum by how they are written, in their order. */
  static <E> Map<String, E> constants(Class<E> type) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) constants.put(name((Enum<?>) constant), constant);
    return constants;
  }

  private static final class Milliseconds extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(Moment.written(value));
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class LowerCase extends JsonSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(name(value));
    }
  }
}
