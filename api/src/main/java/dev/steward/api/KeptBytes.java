package dev.steward.api;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of an answer that is given again and again: it is named once, and compressed once. */
public final class KeptBytes {
  private final byte[] bytes;
  private volatile @Nullable String tag;
  private volatile byte @Nullable [] zipped;

  KeptBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Compresses. */
  @FunctionalInterface
  public interface Zip {
    byte[] of(byte[] bytes) throws IOException;
  }

  byte[] bytes() {
    return bytes;
  }

  String tag() {
    String known = tag;
    if (known == null) {
      known = EntityTag.of(bytes);
      tag = known;
    }
    return known;
  }

  byte[] zipped(Zip zip) throws IOException {
    byte[] known = zipped;
    if (known == null) {
      known = zip.of(bytes);
      zipped = known;
    }
    return known;
  }
}
