package dev.steward.api.connections;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Writes while its visitor is known to be waited for. */
final class WatchedWriter implements DataWriter {
  private final DataWriter writer;
  private final Visitor visitor;
  private final Consumer<Visitor.Phase> afterwards;

  /**
   * @param afterwards is told in which phase the writing began
   */
  WatchedWriter(DataWriter writer, Visitor visitor, Consumer<Visitor.Phase> afterwards) {
    this.writer = writer;
    this.visitor = visitor;
    this.afterwards = afterwards;
  }

  private void watched(LongSupplier left, Runnable write) {
    Visitor.Phase before = visitor.phase();
    visitor.writes(left);
    visitor.enter(Visitor.Phase.ANSWER);
    visitor.waits(true);
    try {
      write.run();
    } finally {
      visitor.waits(false);
      visitor.wrote();
      afterwards.accept(before);
    }
  }

  private static LongSupplier left(BufferData... buffers) {
    return () -> {
      long left = 0;
      for (BufferData buffer : buffers) left += buffer.available();
      return left;
    };
  }

  @Override
  public void write(BufferData... buffers) {
    watched(left(buffers), () -> writer.write(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    watched(buffer::available, () -> writer.write(buffer));
  }

  @Override
  public void writeNow(BufferData... buffers) {
    watched(left(buffers), () -> writer.writeNow(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    watched(buffer::available, () -> writer.writeNow(buffer));
  }

  @Override
  public void flush() {
    writer.flush();
  }

  @Override
  public void close() {
    writer.close();
  }
}
