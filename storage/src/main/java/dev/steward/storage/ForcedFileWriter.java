package dev.steward.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.store.storage.types.StorageFile;
import org.eclipse.store.storage.types.StorageFileProvider;
import org.eclipse.store.storage.types.StorageFileWriter;
import org.eclipse.store.storage.types.StorageImportSource;
import org.eclipse.store.storage.types.StorageLiveChannelFile;
import org.eclipse.store.storage.types.StorageLiveDataFile;
import org.eclipse.store.storage.types.StorageLiveTransactionsFile;
import org.eclipse.store.storage.types.StorageWriteController;
import org.jspecify.annotations.Nullable;

/**
 * Forces every file to the disk when EclipseStore has written to it, which EclipseStore 2.1.3
 * itself never does, and has {@link Segments} follow them. Data is forced before the entry in the
 * transactions file that makes it count.
 */
class ForcedFileWriter implements StorageFileWriter, AutoCloseable {
  private final Map<Path, FileChannel> channels = new ConcurrentHashMap<>();
  private volatile @Nullable Segments segments;

  /** Has what is written from now on covered by checksums. */
  void follow(Segments following) {
    segments = following;
  }

  /** Called after a file was forced, with its length; a test listens here. */
  void forced(Path file, long length) {}

  @Override
  public long writeStore(StorageLiveDataFile file, Iterable<? extends ByteBuffer> buffers) {
    return force(file, StorageFileWriter.super.writeStore(file, buffers));
  }

  @Override
  public long writeImport(
      StorageImportSource source, long position, long length, StorageLiveDataFile file) {
    return force(file, StorageFileWriter.super.writeImport(source, position, length, file));
  }

  @Override
  public long writeTransfer(
      StorageLiveDataFile from, long position, long length, StorageLiveDataFile to) {
    return force(to, StorageFileWriter.super.writeTransfer(from, position, length, to));
  }

  @Override
  public long writeTransactionEntryCreate(
      StorageLiveTransactionsFile log,
      Iterable<? extends ByteBuffer> buffers,
      StorageLiveDataFile data) {
    forceFolder(data);
    Private.tighten(path(data));
    return force(log, StorageFileWriter.super.writeTransactionEntryCreate(log, buffers, data));
  }

  @Override
  public long writeTransactionEntryStore(
      StorageLiveTransactionsFile log,
      Iterable<? extends ByteBuffer> buffers,
      StorageLiveDataFile data,
      long offset,
      long length) {
    return force(
        log,
        StorageFileWriter.super.writeTransactionEntryStore(log, buffers, data, offset, length));
  }

  @Override
  public long writeTransactionEntryTransfer(
      StorageLiveTransactionsFile log,
      Iterable<? extends ByteBuffer> buffers,
      StorageLiveDataFile data,
      long offset,
      long length) {
    return force(
        log,
        StorageFileWriter.super.writeTransactionEntryTransfer(log, buffers, data, offset, length));
  }

  @Override
  public long writeTransactionEntryDelete(
      StorageLiveTransactionsFile log,
      Iterable<? extends ByteBuffer> buffers,
      StorageLiveDataFile data) {
    return force(log, StorageFileWriter.super.writeTransactionEntryDelete(log, buffers, data));
  }

  @Override
  public long writeTransactionEntryTruncate(
      StorageLiveTransactionsFile log,
      Iterable<? extends ByteBuffer> buffers,
      StorageLiveDataFile data,
      long length) {
    return force(
        log, StorageFileWriter.super.writeTransactionEntryTruncate(log, buffers, data, length));
  }

  @Override
  public void delete(
      StorageLiveDataFile file, StorageWriteController control, StorageFileProvider files) {
    FileChannel open = channels.remove(path(file));
    try {
      Segments following = segments;
      if (following != null) following.deleting(path(file));
      StorageFileWriter.super.delete(file, control, files);
      if (open != null) open.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void truncate(StorageLiveChannelFile<?> file, long length, StorageFileProvider files) {
    try {
      Segments following = segments;
      if (following != null) following.cutting(path(file), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StorageFileWriter.super.truncate(file, length, files);
  }

  private long force(StorageFile file, long written) {
    Path path = path(file);
    try {
      FileChannel channel = channels.computeIfAbsent(path, ForcedFileWriter::open);
      channel.force(false);
      forced(path, channel.size());
      Segments following = segments;
      if (following != null) following.appended(path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot force " + path, e);
    }
    return written;
  }

  private void forceFolder(StorageFile file) {
    Path folder = path(file).getParent();
    if (folder != null) Durably.forceFolder(folder);
  }

  private static FileChannel open(Path path) {
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + path, e);
    }
  }

  private static Path path(StorageFile file) {
    return Path.of(file.file().toPathString());
  }

  @Override
  public void close() {
    try {
      for (FileChannel channel : channels.values()) channel.close();
      Segments following = segments;
      if (following != null) following.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channels.clear();
  }
}
