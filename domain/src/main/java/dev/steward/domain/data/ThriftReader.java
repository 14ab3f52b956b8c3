package dev.steward.domain.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a struct of Thrift's compact protocol into maps by field number (thrift-compact-protocol.md
 * of Apache Thrift). No length that a file claims is believed beyond the bytes that are there.
 */
final class ThriftReader {
  private static final int DEEPEST = 20;
  private static final int MOST_THINGS = 2_000_000;

  private final ByteBuffer bytes;
  private int things;

  /**
   * @param bytes from its position to its limit
   */
  ThriftReader(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Numbers are {@link Long}, lists {@link List}, structs maps; texts and bytes {@code byte[]}.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  Map<Integer, Object> struct() {
    try {
      return struct(0);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it ends too early", e);
    }
  }

  private Map<Integer, Object> struct(int depth) {
    if (depth > DEEPEST) throw new IllegalArgumentException("it is nested too deeply");
    Map<Integer, Object> fields = new HashMap<>();
    int id = 0;
    while (true) {
      int head = bytes.get() & 0xff;
      if (head == 0) return fields;
      int delta = head >> 4;
      id = delta == 0 ? (int) zigzag() : id + delta;
      int type = head & 0xf;
      // A field that is true or false has it in its type.
      fields.put(id, type == 1 || type == 2 ? (Object) (long) (2 - type) : value(type, depth));
    }
  }

  private Object value(int type, int depth) {
    if (++things > MOST_THINGS) throw new IllegalArgumentException("it holds too much");
    return switch (type) {
      case 1, 2, 3 -> (long) bytes.get();
      case 4, 5, 6 -> zigzag();
      case 7 -> bytes.getDouble();
      case 8 -> {
        byte[] text = new byte[length(varint())];
        bytes.get(text);
        yield text;
      }
      case 9, 10 -> {
        int head = bytes.get() & 0xff;
        int size = length(head >> 4 == 15 ? varint() : head >> 4);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) list.add(value(head & 0xf, depth + 1));
        yield list;
      }
      case 11 -> {
        int size = length(varint());
        int types = size == 0 ? 0 : bytes.get() & 0xff;
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          pairs.add(value(types >> 4, depth + 1));
          pairs.add(value(types & 0xf, depth + 1));
        }
        yield pairs;
      }
      case 12 -> struct(depth + 1);
      default -> throw new IllegalArgumentException("it has a value of no type");
    };
  }

  /** Each element takes a byte at least. */
  private int length(long claimed) {
    if (claimed < 0 || claimed > bytes.remaining())
      throw new IllegalArgumentException("it claims more than it holds");
    return (int) claimed;
  }

  private long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) return value;
    }
    throw new IllegalArgumentException("it has a number that does not end");
  }

  int position() {
    return bytes.position();
  }
}
