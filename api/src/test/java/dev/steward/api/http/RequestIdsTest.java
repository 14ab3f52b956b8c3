package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.Reply;
import dev.steward.model.Ids;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each request is called. */
final class RequestIdsTest {
  @Test
  void theAnswerNamesTheIdThatWasUsedAndNoOtherRequestHasIt() throws IOException {
    RequestIds here = new RequestIds(Ids.random());
    RequestIds there = new RequestIds(Ids.random());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++)
      for (RequestIds ids : new RequestIds[] {here, there}) {
        Reply reply = ids.around(Sent.get("/x").nowhere(), call -> Reply.ok(call.id()));
        String id = reply.headers().get("X-Request-Id");
        assertThat(new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8))
            .isEqualTo("\"" + id + "\"");
        assertThat(seen.add(id)).as(id).isTrue();
      }
  }
}
