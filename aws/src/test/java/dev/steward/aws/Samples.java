package dev.steward.aws;

import dev.steward.estate.Call;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Answers with something in each member, made of the SDK's own description of its fields. */
final class Samples {
  /** Deeper than what any row reads. */
  private static final int DEPTH = 6;

  private Samples() {}

  static Map<String, Object> answer(Call call) {
    return filled(pojo(call, "Response"), DEPTH);
  }

  static List<SdkField<?>> request(Call call) {
    return pojo(call, "Request").sdkFields();
  }

  private static SdkPojo pojo(Call call, String what) {
    Class<?> type = Sdk.message(Services.type(call.service()), call.operation(), what);
    try {
      return (SdkPojo)
          MethodHandles.publicLookup()
              .findStatic(
                  type,
                  "builder",
                  MethodType.methodType(Class.forName(type.getName() + "$Builder")))
              .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> filled(SdkPojo pojo, int depth) {
    Map<String, Object> sample = new LinkedHashMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = value(field, depth);
      if (value != null) sample.put(field.memberName(), value);
    }
    return sample;
  }

  private static @Nullable Object value(SdkField<?> field, int depth) {
    if (depth == 0) return null;
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.SDK_POJO))
      return filled((SdkPojo) field.constructor().get(), depth - 1);
    if (type.equals(MarshallingType.LIST)) {
      Object one = value(field.getTrait(ListTrait.class).memberFieldInfo(), depth);
      return one == null ? null : List.of(one);
    }
    if (type.equals(MarshallingType.MAP)) {
      Object one = value(field.getTrait(MapTrait.class).valueFieldInfo(), depth);
      return one == null ? null : Map.of("key", one);
    }
    if (type.equals(MarshallingType.BOOLEAN)) return true;
    if (type.equals(MarshallingType.INSTANT)) return Instant.EPOCH;
    return type.equals(MarshallingType.STRING) ? "text" : 1;
  }
}
