package dev.steward.api;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an answer by their names, as our own code spells them. There are about ten, each
 * layer adds some, and every answer has them: so one is found by looking at each, and what is the
 * same in all answers is made ready for the wire once.
 */
public final class Fields extends AbstractMap<String, String> {
  static final Fields NONE = new Fields();

  private record Field(String name, Header header) {}

  private final Field[] fields;

  private Fields(Field... fields) {
    this.fields = fields;
  }

  static Fields of(Map<String, String> headers) {
    Fields all = NONE;
    for (Map.Entry<String, String> one : headers.entrySet())
      all = all.with(one.getKey(), one.getValue());
    return all;
  }

  /** Such as many answers have: in ASCII. */
  public static Fields constant(Map<String, String> headers) {
    return new Fields(
        headers.entrySet().stream()
            .map(one ->
                new Field(
                    one.getKey(),
                    HeaderValues.createCached(Headers.named(one.getKey()), one.getValue())))
            .toArray(Field[]::new));
  }

  private int index(String name) {
    for (int i = 0; i < fields.length; i++) if (fields[i].name().equals(name)) return i;
    return -1;
  }

  /** With this value, and no other one of this name. */
  Fields with(String name, String value) {
    int known = index(name);
    int at = known < 0 ? fields.length : known;
    Field[] all = Arrays.copyOf(fields, Math.max(fields.length, at + 1));
    all[at] = new Field(name, HeaderValues.create(Headers.named(name), value));
    return new Fields(all);
  }

  /** With those that it does not have itself. */
  Fields otherwise(Fields usual) {
    Field[] all = Arrays.copyOf(fields, fields.length + usual.fields.length);
    int size = fields.length;
    for (Field one : usual.fields) if (index(one.name()) < 0) all[size++] = one;
    return new Fields(size == all.length ? all : Arrays.copyOf(all, size));
  }

  /** As they go over the wire. */
  public void each(Consumer<Header> to) {
    for (Field field : fields) to.accept(field.header());
  }

  @Override
  public @Nullable String get(Object name) {
    int at = name instanceof String text ? index(text) : -1;
    return at < 0 ? null : fields[at].header().get();
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String text && index(text) >= 0;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return Stream.of(fields)
        .map(field -> Map.entry(field.name(), field.header().get()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
