package dev.steward.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The installation's master key: a file of mode 0600 beside the data, made at the first start. */
public final class MasterKey {
  private final byte[] key;

  private MasterKey(byte[] key) {
    this.key = key.clone();
  }

  /**
   * @param dataExists whether there is data already: then a missing key is refused, because a new
   *     one could open nothing
   */
  public static MasterKey at(Path file, boolean dataExists) {
    try {
      if (Files.exists(file)) {
        Private.tighten(file.toRealPath());
        return read(file);
      }
      if (dataExists)
        throw new StoreOpenException(
            "the key file "
                + file
                + " is missing, but there is data that only it can open; put it back from where you keep it");
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      Durably.write(file, Base64.getEncoder().encode(key));
      return new MasterKey(key);
    } catch (IOException e) {
      throw new StoreOpenException(
          "cannot read or make the key file " + file + ": " + e.getMessage(), e);
    }
  }

  private static MasterKey read(Path file) throws IOException {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).trim());
    } catch (IllegalArgumentException e) {
      throw new StoreOpenException(
          "the key file " + file + " is damaged: it does not hold base64", e);
    }
    if (key.length != 32)
      throw new StoreOpenException(
          "the key file " + file + " is damaged: it holds " + key.length + " bytes, not 32");
    return new MasterKey(key);
  }

  /** A key for one purpose, derived by HMAC-SHA-256; the master key itself is never used twice. */
  public byte[] derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names the key without telling it. */
  public String id() {
    return Blobs.digest(derive("key id")).substring(0, 12);
  }
}
