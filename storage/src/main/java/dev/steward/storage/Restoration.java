package dev.steward.storage;

import dev.steward.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Brings a backup into a folder: the archive is checked against its manifest, unpacked aside,
 * checked as a store, and then renamed. Whatever fails on the way leaves nothing behind.
 */
final class Restoration {
  private static final int LARGEST_MANIFEST = 64 << 20;

  /** More than this a backup does not shrink; the journal's zeros are within the allowance. */
  private static final long LARGEST_RATIO = 200;

  private static final long ALLOWANCE = 64L << 20;

  private final Path archive;
  private final Path folder;
  private final boolean unverified;

  Restoration(Path archive, Path folder, boolean unverified) {
    this.archive = archive;
    this.folder = folder;
    this.unverified = unverified;
  }

  void run() {
    try {
      boolean made = !Files.exists(folder);
      requireEmpty();
      try (ZipFile zip = open()) {
        Map<String, ZipEntry> entries = entries(zip);
        Manifest manifest = manifest(zip, entries);
        requireBounded(manifest);
        Path aside = made ? beside() : folder.resolve(".restoring");
        try {
          Private.folder(aside);
          for (Manifest.Part part : manifest.parts()) unpack(zip, entries, part, aside);
          forceFolders(aside);
          requireWhole(aside);
          put(aside, made);
        } finally {
          delete(aside);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot restore " + archive, e);
    }
  }

  private Path beside() {
    return folder.resolveSibling("." + folder.getFileName() + ".restoring");
  }

  private void requireEmpty() throws IOException {
    if (!Files.exists(folder)) return;
    if (!Files.isDirectory(folder)) throw new StoreOpenException(folder + " is no folder");
    try (var there = Files.list(folder)) {
      // The key may be put in place first.
      if (there.anyMatch(f -> !f.endsWith("master.key")))
        throw new StoreOpenException(
            "the folder " + folder + " is not empty; nothing was restored");
    }
  }

  private ZipFile open() throws IOException {
    try {
      return new ZipFile(archive.toFile());
    } catch (ZipException e) {
      throw refused("it is no zip file, or it is not complete (" + e.getMessage() + ")");
    }
  }

  private Map<String, ZipEntry> entries(ZipFile zip) {
    Map<String, ZipEntry> entries = new HashMap<>();
    for (ZipEntry entry : Collections.list(zip.entries()))
      if (entries.put(entry.getName(), entry) != null)
        throw refused(Manifest.shown(entry.getName()) + " is there twice");
    return entries;
  }

  private Manifest manifest(ZipFile zip, Map<String, ZipEntry> entries) throws IOException {
    ZipEntry entry = entries.remove(Manifest.NAME);
    Manifest manifest;
    if (entry == null) {
      if (!unverified)
        throw refused(
            "it has no manifest, so that nothing tells whether it is whole. An archive that was"
                + " written before there were manifests is taken with --unverified");
      manifest = implied(entries);
    } else {
      manifest = read(zip, entry);
    }
    List<String> faults = new ArrayList<>(manifest.faults());
    if (faults.isEmpty()) faults.addAll(compared(manifest, entries));
    if (!faults.isEmpty()) throw refused(String.join("; ", faults));
    return manifest;
  }

  private Manifest read(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LARGEST_MANIFEST + 1);
      if (bytes.length > LARGEST_MANIFEST) throw refused("its manifest is too large");
      return Json.read(bytes, Manifest.class);
    } catch (ZipException | RuntimeException e) {
      if (e instanceof StoreOpenException known) throw known;
      throw refused("its manifest cannot be read");
    }
  }

  private static Manifest implied(Map<String, ZipEntry> entries) {
    return new Manifest(
        Manifest.FORMAT,
        entries.values().stream()
            .map(e -> new Manifest.Part(e.getName(), e.getSize(), null))
            .toList());
  }

  private static List<String> compared(Manifest manifest, Map<String, ZipEntry> entries) {
    List<String> faults = new ArrayList<>();
    Map<String, ZipEntry> others = new HashMap<>(entries);
    for (Manifest.Part part : manifest.parts()) {
      ZipEntry entry = others.remove(part.path());
      if (entry == null) faults.add(part.path() + " is missing from it");
      else if (entry.getSize() != part.size())
        faults.add(part.path() + " has not the size that the manifest says");
    }
    for (String name : others.keySet())
      faults.add("it holds " + Manifest.shown(name) + ", which its manifest does not name");
    return faults.stream().limit(20).toList();
  }

  private void requireBounded(Manifest manifest) throws IOException {
    long size;
    try {
      size = manifest.size();
    } catch (ArithmeticException e) {
      throw refused("it says to be larger than any disk");
    }
    if (size > ALLOWANCE + LARGEST_RATIO * Files.size(archive))
      throw refused(
          "it would unpack to " + size + " bytes, far more than a backup of its size has");
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
      if (there == null) throw refused("there is no disk for " + folder);
    }
    long free = Files.getFileStore(there).getUsableSpace();
    if (size > free - ALLOWANCE)
      throw refused("it needs " + size + " bytes, and " + free + " are free for " + folder);
  }

  private void unpack(ZipFile zip, Map<String, ZipEntry> entries, Manifest.Part part, Path aside)
      throws IOException {
    ZipEntry entry = entries.get(part.path());
    if (entry == null) throw refused(part.path() + " is missing from it");
    Path target = aside.resolve(part.path());
    Path parent = target.getParent();
    if (parent != null) Private.folder(parent);
    MessageDigest digest = Manifest.sha256();
    long written = 0;
    try (InputStream in = zip.getInputStream(entry);
        FileChannel out = Private.create(target)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        written += read;
        // What the archive says of its sizes is not what comes out of it.
        if (written > part.size()) throw refused(part.path() + " is larger than it says");
        digest.update(buffer, 0, read);
        ByteBuffer content = ByteBuffer.wrap(buffer, 0, read);
        while (content.hasRemaining()) out.write(content);
      }
      out.force(true);
    } catch (ZipException | java.io.EOFException e) {
      throw refused(part.path() + " is damaged in it");
    }
    String found = HexFormat.of().formatHex(digest.digest());
    boolean blob = part.path().startsWith("blobs/");
    String wanted = part.sha256() != null ? part.sha256() : blob ? part.path().substring(9) : found;
    if (written != part.size() || !found.equals(wanted))
      throw refused(part.path() + " is not what its manifest says");
  }

  private static void forceFolders(Path top) throws IOException {
    try (var all = Files.walk(top)) {
      for (Path one : all.filter(Files::isDirectory).toList()) Durably.forceFolder(one);
    }
  }

  private void requireWhole(Path aside) {
    List<String> faults = Verification.ofBytes(aside).faults();
    if (!faults.isEmpty()) throw refused("what it holds is damaged: " + String.join("; ", faults));
  }

  /** A folder that was not there comes with one rename; into one that is, the state comes last. */
  private void put(Path aside, boolean made) throws IOException {
    if (made) {
      Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
      Path above = folder.toAbsolutePath().getParent();
      if (above != null) Durably.forceFolder(above);
      return;
    }
    for (String part : List.of("blobs", "state"))
      if (Files.exists(aside.resolve(part)))
        Files.move(aside.resolve(part), folder.resolve(part), StandardCopyOption.ATOMIC_MOVE);
    Durably.forceFolder(folder);
  }

  private static void delete(Path top) throws IOException {
    if (!Files.exists(top)) return;
    try (var all = Files.walk(top)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(one);
    }
  }

  private StoreOpenException refused(String why) {
    return new StoreOpenException(
        "the archive "
            + archive
            + " was not restored: "
            + why
            + ". Nothing was written to "
            + folder);
  }
}
