package dev.steward.app;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.steward.storage.Cipher256;
import dev.steward.storage.MasterKey;
import dev.steward.workflows.Seal;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encrypts what Temporal stores: AES-256-GCM, the key's id in the metadata. What the tools of
 * Temporal have sealed by the admin port is kept as secret and read as well, but it is not ours:
 * whoever may use those tools may not speak for the platform.
 */
public final class SealedPayloadCodec implements Seal {
  private static final String ENCODING = "encoding";
  private static final String KEY_ID = "encryption-key-id";
  private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
  private static final ByteString FOR_TOOLS = ByteString.copyFromUtf8("binary/encrypted-by-tools");
  private static final byte[] CONTEXT = "temporal payload".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TOOLS = "payload of a tool".getBytes(StandardCharsets.US_ASCII);

  private final Cipher256 cipher;
  private final ByteString keyId;

  public SealedPayloadCodec(MasterKey master) {
    this.cipher = new Cipher256(master.derive("temporal payloads"));
    this.keyId = ByteString.copyFromUtf8(master.id());
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(p -> seal(p, ENCRYPTED, CONTEXT)).toList();
  }

  /** Seals what a tool sends, which stays something from outside. */
  List<Payload> encodeForTools(List<Payload> payloads) {
    return payloads.stream().map(p -> seal(p, FOR_TOOLS, TOOLS)).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::open).toList();
  }

  @Override
  public boolean isOurs(Payload payload) {
    if (!is(payload, ENCRYPTED)) return false;
    try {
      return open(payload) != payload;
    } catch (PayloadCodecException | IllegalStateException anothers) {
      return false;
    }
  }

  private Payload seal(Payload plain, ByteString encoding, byte[] context) {
    return Payload.newBuilder()
        .putMetadata(ENCODING, encoding)
        .putMetadata(KEY_ID, keyId)
        .setData(ByteString.copyFrom(cipher.seal(plain.toByteArray(), context)))
        .build();
  }

  private static boolean is(Payload payload, ByteString encoding) {
    return encoding.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY));
  }

  private Payload open(Payload sealed) {
    boolean tool = is(sealed, FOR_TOOLS);
    if (!tool && !is(sealed, ENCRYPTED)) return sealed;
    if (!keyId.equals(sealed.getMetadataOrDefault(KEY_ID, ByteString.EMPTY)))
      throw new PayloadCodecException(
          "a payload was sealed with another key", new IllegalStateException());
    try {
      return Payload.parseFrom(cipher.open(sealed.getData().toByteArray(), tool ? TOOLS : CONTEXT));
    } catch (InvalidProtocolBufferException e) {
      throw new PayloadCodecException("a payload is damaged", e);
    }
  }
}
