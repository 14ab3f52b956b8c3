package dev.steward.aws;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Any operation of any client, with plain maps in and out, by the SDK's own description of its
 * fields. Names are those of the service's model: {@code VolumeId}, {@code DescribeVolumes}.
 */
final class Sdk {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  /** {@code DBInstances} is {@code DbInstances} in the names of classes. */
  private static final Pattern ACRONYM = Pattern.compile("([A-Z])([A-Z]+)(?=[A-Z][a-z]|[0-9]|$)");

  private static final Map<String, Operation> OPERATIONS = new ConcurrentHashMap<>();

  /**
   * @param builder makes a request's builder
   * @param call of a client, with a request
   */
  private record Operation(MethodHandle builder, MethodHandle call) {}

  private Sdk() {}

  /**
   * @param client the interface of the service's client: never asked for its methods, which would
   *     load the classes of every operation
   * @throws software.amazon.awssdk.core.exception.SdkException what the client throws
   */
  static Map<String, Object> call(
      Class<? extends SdkClient> type, SdkClient client, String operation, Map<String, ?> ask) {
    Operation known = operation(type, operation);
    return plain((SdkPojo) invoke(() -> known.call().invoke(client, request(known, ask))));
  }

  private static SdkRequest request(Operation operation, Map<String, ?> ask) {
    SdkRequest.Builder builder = (SdkRequest.Builder) invoke(() -> operation.builder().invoke());
    fill((SdkPojo) builder, ask);
    return builder.build();
  }

  /** A parameter that takes a list takes one value too, and one that has members takes a map. */
  private static Object as(SdkField<?> field, Object value) {
    if (field.marshallingType().equals(MarshallingType.LIST)) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      return (value instanceof Collection<?> list ? list : List.of(value))
          .stream().map(one -> as(member, one)).toList();
    }
    if (field.marshallingType().equals(MarshallingType.SDK_POJO) && value instanceof Map<?, ?> map)
      return members((SdkPojo) field.constructor().get(), map);
    return field.marshallingType().equals(MarshallingType.LONG) && value instanceof Number number
        ? number.longValue()
        : value;
  }

  private static Object members(SdkPojo builder, Map<?, ?> members) {
    fill(builder, members);
    return ((Buildable) builder).build();
  }

  private static void fill(SdkPojo builder, Map<?, ?> values) {
    List<Object> unknown = new ArrayList<>(values.keySet());
    for (SdkField<?> field : builder.sdkFields()) {
      Object value = values.get(field.memberName());
      if (value == null) continue;
      field.set(builder, as(field, value));
      unknown.remove(field.memberName());
    }
    if (!unknown.isEmpty()) throw new IllegalArgumentException("no parameter " + unknown);
  }

  private static Operation operation(Class<? extends SdkClient> type, String name) {
    return OPERATIONS.computeIfAbsent(
        type.getName() + "/" + name,
        key -> {
          Class<?> request = message(type, name, "Request");
          Class<?> response = message(type, name, "Response");
          try {
            return new Operation(
                LOOKUP.findStatic(
                    request,
                    "builder",
                    MethodType.methodType(Class.forName(request.getName() + "$Builder"))),
                LOOKUP.findVirtual(
                    type,
                    Character.toLowerCase(name.charAt(0)) + name.substring(1),
                    MethodType.methodType(response, request)));
          } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no operation " + key, e);
          }
        });
  }

  /** The class of an operation's request or response. */
  static Class<?> message(Class<? extends SdkClient> type, String operation, String what) {
    String name =
        ACRONYM
            .matcher(operation)
            .replaceAll(m -> m.group(1) + m.group(2).toLowerCase(java.util.Locale.ROOT));
    try {
      return Class.forName(type.getPackageName() + ".model." + name + what);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("no operation " + operation + " of " + type, e);
    }
  }

  private interface Invocation {
    Object run() throws Throwable;
  }

  private static Object invoke(Invocation invocation) {
    try {
      return invocation.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** What AWS said and nothing else: members that it left out are not there. */
  static Map<String, Object> plain(SdkPojo pojo) {
    Map<String, Object> said = new LinkedHashMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = value(field.getValueOrDefault(pojo));
      if (value != null) said.put(field.memberName(), value);
    }
    return said;
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case SdkAutoConstructList<?> none -> null;
      case SdkAutoConstructMap<?, ?> none -> null;
      case SdkPojo pojo -> plain(pojo);
      case Collection<?> list -> {
        List<Object> values = new ArrayList<>();
        for (Object one : list) {
          Object plain = value(one);
          if (plain != null) values.add(plain);
        }
        yield values;
      }
      case Map<?, ?> map -> {
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((name, one) -> {
          Object plain = value(one);
          if (plain != null) values.put(String.valueOf(name), plain);
        });
        yield values;
      }
      default -> value;
    };
  }
}
