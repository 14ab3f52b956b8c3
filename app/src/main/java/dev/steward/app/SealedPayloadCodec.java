package dev.steward.app;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.steward.storage.Cipher256;
import dev.steward.storage.MasterKey;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Encrypts what Temporal stores: AES-256-GCM, the key's id in the metadata. */
public final class SealedPayloadCodec implements PayloadCodec {
  private static final String ENCODING = "encoding";
  private static final String KEY_ID = "encryption-key-id";
  private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
  private static final byte[] CONTEXT = "temporal payload".getBytes(StandardCharsets.US_ASCII);

  private final Cipher256 cipher;
  private final ByteString keyId;

  public SealedPayloadCodec(MasterKey master) {
    this.cipher = new Cipher256(master.derive("temporal payloads"));
    this.keyId = ByteString.copyFromUtf8(master.id());
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(this::seal).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::open).toList();
  }

  private Payload seal(Payload plain) {
    return Payload.newBuilder()
        .putMetadata(ENCODING, ENCRYPTED)
        .putMetadata(KEY_ID, keyId)
        .setData(ByteString.copyFrom(cipher.seal(plain.toByteArray(), CONTEXT)))
        .build();
  }

  private Payload open(Payload sealed) {
    if (!ENCRYPTED.equals(sealed.getMetadataOrDefault(ENCODING, ByteString.EMPTY))) return sealed;
    if (!keyId.equals(sealed.getMetadataOrDefault(KEY_ID, ByteString.EMPTY)))
      throw new PayloadCodecException(
          "a payload was sealed with another key", new IllegalStateException());
    try {
      return Payload.parseFrom(cipher.open(sealed.getData().toByteArray(), CONTEXT));
    } catch (InvalidProtocolBufferException e) {
      throw new PayloadCodecException("a payload is damaged", e);
    }
  }
}
