package dev.steward.storage;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM: a 12-byte random nonce, then the ciphertext with its tag (NIST SP 800-38D). */
public final class Cipher256 {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  public Cipher256(byte[] key) {
    if (key.length != 32) throw new IllegalArgumentException("a key has 32 bytes");
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * @param context bound into the tag: opening under another context fails
   */
  public byte[] seal(byte[] plain, byte[] context) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, plain, context);
    byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return all;
  }

  /**
   * @throws IllegalStateException if it was sealed under another key or context, or changed since
   */
  public byte[] open(byte[] sealed, byte[] context) {
    if (sealed.length < NONCE) throw new IllegalStateException("a sealed value is too short");
    return run(
        Cipher.DECRYPT_MODE,
        Arrays.copyOf(sealed, NONCE),
        Arrays.copyOfRange(sealed, NONCE, sealed.length),
        context);
  }

  private byte[] run(int mode, byte[] nonce, byte[] input, byte[] context) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context);
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed value cannot be opened with this key", e);
    }
  }
}
