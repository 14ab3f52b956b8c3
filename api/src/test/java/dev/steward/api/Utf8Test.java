package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is what was sent, or is refused. */
final class Utf8Test {
  @ParameterizedTest
  @ValueSource(strings = {"ff", "c0ae", "eda080", "f5808080", "e282", "80", "61ff"})
  void whatIsNoUtf8IsNoText(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> Utf8.text(bytes, "the body")).hasMessageContaining("not UTF-8");
    String escaped = hex.replaceAll("..", "%$0");
    assertThatThrownBy(() -> Utf8.unescaped(escaped, true, "the query"))
        .hasMessageContaining("the query is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a%", "%1", "%g0", "%0g", "%%41", "%-1", "%+1", "%00", "a%00b"})
  void anEscapeThatIsNoneIsRefused(String raw) {
    assertThatThrownBy(() -> Utf8.unescaped(raw, false, "the path"))
        .hasMessageContaining("the path has a");
  }

  @Test
  void whatWasEscapedComesBack() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      String text =
          random
              .ints(random.nextInt(20), 1, 0x11000)
              .filter(c -> c < 0xd800 || c > 0xdfff)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertThat(Utf8.unescaped(URLEncoder.encode(text, StandardCharsets.UTF_8), true, "it"))
          .isEqualTo(text);
      assertThat(Utf8.isWhole(text)).isTrue();
    }
    assertThat(Utf8.unescaped("a+b", false, "the path")).isEqualTo("a+b");
  }

  @Test
  void halfACharacterIsNotWhole() {
    for (String half : new String[] {"\ud800", "a\udc00", "\udc00\ud800", "\ud800\ud800\udc00"})
      assertThat(Utf8.isWhole(half)).isFalse();
    assertThat(Utf8.isWhole("\ud83d\ude00")).isTrue();
  }
}
