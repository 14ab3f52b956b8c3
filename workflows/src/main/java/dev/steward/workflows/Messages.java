package dev.steward.workflows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.steward.model.Json;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;

/**
 * How inputs and outcomes become payloads: our JSON, which tolerates unknown fields, then the
 * codecs.
 */
public final class Messages {
  /** What the SDK keeps of an encoded failure has an Optional in it. */
  private static final ObjectMapper MAPPER = Json.MAPPER.copy().registerModule(new Jdk8Module());

  private Messages() {}

  public static DataConverter converter(List<PayloadCodec> codecs) {
    DataConverter plain =
        DefaultDataConverter.newDefaultInstance()
            .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(MAPPER));
    // Failures are encoded too: a message may name a customer's resource.
    return codecs.isEmpty() ? plain : new CodecDataConverter(plain, codecs, true);
  }

  /** The same, which takes nothing that this installation did not seal. */
  public static DataConverter sealed(Seal seal) {
    return new GuardedConverter(converter(List.of(seal)), seal);
  }
}
