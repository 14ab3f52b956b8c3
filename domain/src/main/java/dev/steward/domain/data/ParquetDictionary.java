package dev.steward.domain.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import org.xerial.snappy.Snappy;

/**
 * A page that holds each different text of a column once, behind its length. What it claims to
 * become was found small enough before.
 *
 * @param held how long it is in the file
 * @param claimed how long it becomes
 */
@SuppressWarnings("ArrayRecordComponent") // A window on the file, never compared.
record ParquetDictionary(byte[] file, int at, int held, int claimed) {
  /**
   * How long the longest text is, in bytes.
   *
   * @param codec 0 for none, 1 for Snappy, 2 for gzip
   * @throws IllegalArgumentException if it cannot be read
   */
  int longest(long codec) {
    try {
      return longest(ByteBuffer.wrap(plain(codec)).order(ByteOrder.LITTLE_ENDIAN));
    } catch (IOException | RuntimeException unreadable) {
      throw new IllegalArgumentException("a dictionary of it cannot be read", unreadable);
    }
  }

  private byte[] plain(long codec) throws IOException {
    if (codec == 0) return java.util.Arrays.copyOfRange(file, at, at + held);
    if (codec == 2)
      try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(file, at, held))) {
        return gzip.readNBytes(claimed);
      }
    byte[] plain = new byte[claimed];
    if (Snappy.uncompressedLength(file, at, held) != claimed)
      throw new IOException("it says two lengths of itself");
    Snappy.uncompress(file, at, held, plain, 0);
    return plain;
  }

  private static int longest(ByteBuffer texts) {
    int longest = 0;
    while (texts.hasRemaining()) {
      int length = texts.getInt();
      longest = Math.max(longest, length);
      texts.position(texts.position() + length);
    }
    return longest;
  }
}
