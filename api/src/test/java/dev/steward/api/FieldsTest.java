package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The headers of an answer. */
final class FieldsTest {
  private static final Fields USUAL = Fields.constant(Map.of("Cache-Control", "no-store"));

  @Test
  void eachIsThereOnceWithTheValueThatWasSaidLast() {
    Fields fields = Fields.NONE.with("ETag", "a").with("Vary", "Origin").with("ETag", "b");
    assertThat(fields).containsOnly(Map.entry("ETag", "b"), Map.entry("Vary", "Origin"));
    assertThat(fields.get("ETag")).isEqualTo("b");
    assertThat(fields.containsKey("Location")).isFalse();
    List<Header> sent = new ArrayList<>();
    fields.each(sent::add);
    assertThat(sent).extracting(Header::get).containsExactly("b", "Origin");
  }

  @Test
  void whatIsUsualIsSaidWhereNothingElseIs() {
    assertThat(Fields.NONE.with("Vary", "Origin").otherwise(USUAL))
        .containsOnly(Map.entry("Vary", "Origin"), Map.entry("Cache-Control", "no-store"));
    assertThat(Fields.NONE.with("Cache-Control", "no-cache").otherwise(USUAL))
        .containsOnly(Map.entry("Cache-Control", "no-cache"));
    assertThat(USUAL).containsOnly(Map.entry("Cache-Control", "no-store"));
  }
}
