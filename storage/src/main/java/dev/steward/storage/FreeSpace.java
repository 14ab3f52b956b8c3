package dev.steward.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the disk still has room to write safely; asked by the writer only. */
final class FreeSpace {
  private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);

  /** Below so many bytes nothing is taken any more: a checkpoint needs some to end well. */
  private static final long RESERVE = 64L << 20;

  /** Asked of the system once a second: finding the file store costs more than a force. */
  private static final long LOOK_NANOS = 1_000_000_000;

  private final Path folder;
  private long looked;
  private boolean gone;

  FreeSpace(Path folder) {
    this.folder = folder;
  }

  boolean isGone() {
    long now = System.nanoTime();
    if (looked != 0 && now - looked < LOOK_NANOS) return gone;
    looked = now;
    try {
      gone = Files.getFileStore(folder).getUsableSpace() < RESERVE;
    } catch (IOException e) {
      // A disk that cannot be asked will tell by the write itself; the writer must not end here.
      LOG.warn("the free space of {} cannot be read", folder, e);
    }
    return gone;
  }
}
