package dev.steward.api.http;

import dev.steward.api.EntityTag;
import dev.steward.api.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names what is read, and sends nothing to whom has it already (RFC 9110, 13.1.2). */
final class ETags implements Layer {
  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    Reply reply = inner.answer(call);
    if (!call.isRead() || call.isSecret() || reply.status() != 200) return reply;
    String tag = reply.tag();
    List<String> known = call.arrival().all("If-None-Match");
    Optional<String> same = known.isEmpty() ? Optional.empty() : EntityTag.named(known, tag, true);
    return same.isPresent() ? unchanged(reply, same.get()) : reply.with(EntityTag.HEADER, tag);
  }

  /** With the headers that a cache may keep with what it has, and with the tag that it has. */
  private static Reply unchanged(Reply reply, String tag) {
    Reply nothing = new Reply(304, reply.contentType(), new byte[0], Map.of(EntityTag.HEADER, tag));
    String kept = reply.headers().get("Cache-Control");
    return kept == null ? nothing : nothing.with("Cache-Control", kept);
  }
}
