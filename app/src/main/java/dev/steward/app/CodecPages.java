package dev.steward.app;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodecException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Temporal's codec protocol, for its web interface and command line. The web interface of the
 * server that we start can send no header of its own, so a browser logs in once with the token and
 * keeps a pass, which reads payloads and does nothing else.
 */
final class CodecPages {
  private static final Duration PASS = Duration.ofHours(12);
  private static final String PAGE =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Steward: read payloads</title>
      <body style="font-family:sans-serif;max-width:34em;margin:3em auto">
      <h1>Read payloads in the Temporal UI</h1>
      <p>%s</p>
      <form method="post" action="/codec/login"><label>Token, from the file <code>admin.token</code> of the data folder<br>
      <input name="token" type="password" size="50" autocomplete="off" autofocus></label> <button>Let this browser read</button></form>
      </body></html>
      """;
  private static final String ASK =
      "In the Temporal UI switch on, under the codec server's settings (the glasses), "
          + "<em>include cross-origin credentials</em>.";

  private final SealedPayloadCodec codec;
  private final AdminToken token;
  private final InstantSource clock;

  CodecPages(SealedPayloadCodec codec, AdminToken token, InstantSource clock) {
    this.codec = codec;
    this.token = token;
    this.clock = clock;
  }

  Reply page() {
    return Reply.text("text/html; charset=utf-8", String.format(Locale.ROOT, PAGE, ASK));
  }

  /** Takes the form; answers with the pass as a cookie. */
  Reply login(byte[] form) {
    String text = new String(form, StandardCharsets.UTF_8);
    if (!text.startsWith("token=") || !token.is(decoded(text.substring("token=".length()))))
      throw Problem.of(
          Problem.Type.UNAUTHENTICATED, "this is not what is in admin.token of the data folder");
    Instant until = clock.instant().plus(PASS);
    return Reply.text(
            "text/html; charset=utf-8",
            String.format(
                Locale.ROOT, PAGE, "This browser reads payloads until " + until + ". " + ASK))
        .with(
            "Set-Cookie",
            AdminDoor.COOKIE
                + "="
                + token.pass(until)
                + "; Path=/codec; HttpOnly; SameSite=Strict; Max-Age="
                + PASS.toSeconds());
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException notAForm) {
      return "";
    }
  }

  Reply decode(byte[] body) {
    return recode(body, codec::decode);
  }

  /** What comes out is a secret, and is still believed for nothing but the proof in it. */
  Reply encode(byte[] body) {
    return recode(body, codec::encodeForTools);
  }

  private static Reply recode(byte[] body, Function<List<Payload>, List<Payload>> way) {
    try {
      Payloads.Builder given = Payloads.newBuilder();
      JsonFormat.parser().merge(new String(body, StandardCharsets.UTF_8), given);
      Payloads answer =
          Payloads.newBuilder().addAllPayloads(way.apply(given.getPayloadsList())).build();
      return new Reply(
          200,
          Reply.JSON,
          JsonFormat.printer().print(answer).getBytes(StandardCharsets.UTF_8),
          Map.of());
    } catch (InvalidProtocolBufferException | PayloadCodecException | IllegalStateException e) {
      throw Problem.of(Problem.Type.MALFORMED, "these payloads cannot be read");
    }
  }
}
