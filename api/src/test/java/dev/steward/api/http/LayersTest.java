package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers are gone through from the first to the last, and back. */
final class LayersTest {
  @Test
  void theFirstIsTheOutermost() throws IOException {
    List<String> way = new ArrayList<>();
    Layer first = saying(way, "first");
    Layer second = saying(way, "second");
    Door door =
        Layer.behind(
            List.of(first, second),
            call -> {
              way.add("door");
              return Reply.ok("");
            });
    door.answer(Sent.get("/x").nowhere());
    assertThat(way).containsExactly("first in", "second in", "door", "second out", "first out");
  }

  private static Layer saying(List<String> way, String name) {
    return (call, inner) -> {
      way.add(name + " in");
      Reply reply = inner.answer(call);
      way.add(name + " out");
      return reply;
    };
  }
}
