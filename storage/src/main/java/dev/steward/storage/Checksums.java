package dev.steward.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What a row carries on disk, so that damage is told and never read: a byte that JSON does not
 * begin with, a CRC-32C over the table's name and all that follows, the sum of the row's body, the
 * JSON.
 */
final class Checksums {
  private static final byte MARK = 1;
  static final int HEADER = 1 + Integer.BYTES + Long.BYTES;

  /** The sum of no body. */
  static final long NO_BODY = 0;

  private Checksums() {}

  /** A row that was read: its JSON, and what its body has to sum up to. */
  record Opened(byte[] json, long body, int checksum) {}

  static byte[] seal(String table, long body, byte[] json) {
    ByteBuffer sealed = ByteBuffer.allocate(HEADER + json.length);
    sealed.put(MARK).putInt(checksum(table, body, json)).putLong(body).put(json);
    return sealed.array();
  }

  static int of(byte[] sealed) {
    return ByteBuffer.wrap(sealed).getInt(1);
  }

  /**
   * @throws DamagedException if it is not what was sealed
   */
  static Opened open(String table, byte[] sealed) {
    if (!isSealed(sealed)) throw new DamagedException("a row of " + table + " has no checksum");
    ByteBuffer in = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    int checksum = in.getInt();
    long body = in.getLong();
    byte[] json = new byte[in.remaining()];
    in.get(json);
    if (checksum(table, body, json) != checksum)
      throw new DamagedException("a row of " + table + " does not match its checksum" + hint(json));
    return new Opened(json, body, checksum);
  }

  /** Rows of folders that were written before there were checksums begin with a brace. */
  static boolean isSealed(byte[] bytes) {
    return bytes.length >= HEADER && bytes[0] == MARK;
  }

  /** Length and CRC-32C; never {@link #NO_BODY}. */
  static long ofBody(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return (long) (body.length + 1) << 32 | crc.getValue();
  }

  private static int checksum(String table, long body, byte[] json) {
    CRC32C crc = new CRC32C();
    crc.update(table.getBytes(StandardCharsets.UTF_8));
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, body));
    crc.update(json);
    return (int) crc.getValue();
  }

  /** The beginning mostly still says which row it was; secrets are sealed and come later. */
  private static String hint(byte[] json) {
    String text = new String(json, 0, Math.min(json.length, 48), StandardCharsets.US_ASCII);
    return "; it begins with " + text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
