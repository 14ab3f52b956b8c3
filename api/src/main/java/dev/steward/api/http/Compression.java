package dev.steward.api.http;

import dev.steward.api.EntityTag;
import dev.steward.api.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Sends what is long as gzip to whom takes that. An answer with a secret in it is never compressed:
 * its length would tell of the secret (BREACH). Helidon's own encoder compresses whatever there is,
 * however short, and does not say {@code Vary}.
 */
final class Compression implements Layer {
  /** What fits into one packet gets there no sooner when it is shorter; in bytes. */
  static final int LEAST = 1_400;

  private static final Set<String> TEXTS =
      Set.of(
          "application/json",
          "application/x-ndjson",
          "application/javascript",
          "application/xml",
          "application/yaml",
          "image/svg+xml");

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    Reply reply = inner.answer(call);
    if (call.isSecret() || !isWorthIt(reply)) {
      // A 304 stands for what might have been compressed.
      return reply.status() == 304 ? reply.varying("Accept-Encoding") : reply;
    }
    Reply either = reply.varying("Accept-Encoding");
    if (!AcceptEncoding.of(call.arrival().all("Accept-Encoding")).prefersGzip()) return either;
    Reply zipped = either.zipped(Compression::zip);
    String tag = reply.headers().get(EntityTag.HEADER);
    return tag == null ? zipped : zipped.with(EntityTag.HEADER, EntityTag.zipped(tag));
  }

  private static boolean isWorthIt(Reply reply) {
    if (reply.body().length < LEAST || reply.headers().containsKey("Content-Encoding"))
      return false;
    String type = reply.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    // A stream of events is sent as they come, and waits for no compressor.
    if (type.equals("text/event-stream")) return false;
    return type.startsWith("text/") || type.endsWith("+json") || TEXTS.contains(type);
  }

  private static byte[] zip(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream zip = new Quick(out)) {
      zip.write(body);
    }
    return out.toByteArray();
  }

  /** The quickest level: the usual one takes five times as long for a fifth less. */
  private static final class Quick extends GZIPOutputStream {
    Quick(ByteArrayOutputStream out) throws IOException {
      super(out, 8 << 10);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
