package dev.steward.app;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.steward.storage.Cipher256;
import dev.steward.storage.MasterKey;
import dev.steward.workflows.Binding;
import dev.steward.workflows.Seal;
import dev.steward.workflows.Unbound;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.SerializationContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what Temporal stores: AES-256-GCM, the key's id in the metadata. The run that it belongs
 * to stands there too, authenticated by the cipher, so that whoever asks without a run (the page
 * that reads for Temporal's tools) can open it, and no other run does. What those tools have sealed
 * by the admin port is kept as secret and read as well, but it is not ours: whoever may use them
 * may not speak for the platform.
 */
public final class SealedPayloadCodec implements Seal {
  private static final String ENCODING = "encoding";
  private static final String KEY_ID = "encryption-key-id";
  private static final String NAMESPACE = "bound-to-namespace";
  private static final String WORKFLOW = "bound-to-workflow";
  private static final String ACTIVITY = "bound-to-activity";
  private static final ByteString BOUND = ByteString.copyFromUtf8("binary/encrypted-bound");

  /** Of the time before payloads were bound; only read. */
  private static final ByteString UNBOUND = ByteString.copyFromUtf8("binary/encrypted");

  private static final ByteString FOR_TOOLS = ByteString.copyFromUtf8("binary/encrypted-by-tools");
  private static final byte[] CONTEXT = "temporal payload".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TOOLS = "payload of a tool".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RUN = "payload of a run".getBytes(StandardCharsets.US_ASCII);

  private final Cipher256 cipher;
  private final ByteString keyId;
  private final Unbound unbound;

  /** Null where whoever reads has no run. */
  private final @Nullable Binding here;

  public SealedPayloadCodec(MasterKey master, Unbound unbound) {
    this(
        new Cipher256(master.derive("temporal payloads")),
        ByteString.copyFromUtf8(master.id()),
        unbound,
        null);
  }

  private SealedPayloadCodec(
      Cipher256 cipher, ByteString keyId, Unbound unbound, @Nullable Binding here) {
    this.cipher = cipher;
    this.keyId = keyId;
    this.unbound = unbound;
    this.here = here;
  }

  @Override
  public SealedPayloadCodec withContext(SerializationContext context) {
    return new SealedPayloadCodec(cipher, keyId, unbound, Binding.of(context));
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    Binding to = here == null ? Binding.NONE : here;
    return payloads.stream().map(p -> seal(p, to)).toList();
  }

  private Payload seal(Payload plain, Binding to) {
    Payload.Builder sealed =
        seal(plain, BOUND, associated(to))
            .putMetadata(NAMESPACE, ByteString.copyFromUtf8(to.namespace()))
            .putMetadata(WORKFLOW, ByteString.copyFromUtf8(to.workflow()))
            .putMetadata(ACTIVITY, ByteString.copyFromUtf8(to.activity()));
    if (!to.call().isEmpty()) sealed.putMetadata(Binding.CALL, ByteString.copyFromUtf8(to.call()));
    return sealed.build();
  }

  /** Seals what a tool sends, which stays something from outside. */
  List<Payload> encodeForTools(List<Payload> payloads) {
    return payloads.stream().map(p -> seal(p, FOR_TOOLS, TOOLS).build()).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::open).toList();
  }

  @Override
  public boolean isOurs(Payload payload) {
    if (!is(payload, BOUND) && !is(payload, UNBOUND)) return false;
    try {
      return open(payload) != payload;
    } catch (PayloadCodecException | IllegalStateException anothers) {
      return false;
    }
  }

  private Payload.Builder seal(Payload plain, ByteString encoding, byte[] associated) {
    return Payload.newBuilder()
        .putMetadata(ENCODING, encoding)
        .putMetadata(KEY_ID, keyId)
        .setData(ByteString.copyFrom(cipher.seal(plain.toByteArray(), associated)));
  }

  private static byte[] associated(Binding to) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(RUN);
    all.writeBytes(to.bytes());
    return all.toByteArray();
  }

  private static boolean is(Payload payload, ByteString encoding) {
    return encoding.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY));
  }

  private Payload open(Payload sealed) {
    if (is(sealed, FOR_TOOLS)) return open(sealed, TOOLS);
    if (is(sealed, UNBOUND)) {
      if (here != null && !unbound.isTaken(here))
        throw refused("a payload is bound to no run, and this one began after they are");
      return open(sealed, CONTEXT);
    }
    if (!is(sealed, BOUND)) return sealed;
    Binding of =
        new Binding(
            text(sealed, NAMESPACE),
            text(sealed, WORKFLOW),
            text(sealed, ACTIVITY),
            text(sealed, Binding.CALL));
    if (here != null && !here.takes(of) && !unbound.isTaken(here, of))
      throw refused("a payload belongs to another run or call");
    return open(sealed, associated(of));
  }

  private static String text(Payload payload, String key) {
    return payload.getMetadataOrDefault(key, ByteString.EMPTY).toStringUtf8();
  }

  private Payload open(Payload sealed, byte[] associated) {
    if (!keyId.equals(sealed.getMetadataOrDefault(KEY_ID, ByteString.EMPTY)))
      throw refused("a payload was sealed with another key");
    try {
      return Payload.parseFrom(cipher.open(sealed.getData().toByteArray(), associated));
    } catch (InvalidProtocolBufferException e) {
      throw new PayloadCodecException("a payload is damaged", e);
    }
  }

  private static PayloadCodecException refused(String why) {
    return new PayloadCodecException(why, new IllegalStateException(why));
  }
}
