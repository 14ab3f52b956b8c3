package dev.steward.storage;

import dev.steward.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is in a backup: its first entry, which everything else is checked against. */
record Manifest(int format, List<Part> parts) {
  static final String NAME = "manifest.json";
  static final int FORMAT = 1;

  /**
   * Exactly what a data folder has, so that no name can mean another place: no part of it is empty,
   * a dot, a drive or a link.
   */
  private static final Pattern PATH =
      Pattern.compile(
          "state/(journal|journal\\.mark|segments|PersistenceTypeDictionary\\.ptd|channel_0/[a-z0-9_]{1,40}\\.(dat|sft))"
              + "|blobs/[0-9a-f]{2}/[0-9a-f]{64}");

  /** Without these it is no backup. */
  private static final List<String> NEEDED =
      List.of(
          "state/journal",
          "state/PersistenceTypeDictionary.ptd",
          "state/channel_0/transactions_0.sft");

  /**
   * @param sha256 null in archives of before there were manifests
   */
  record Part(String path, long size, @Nullable String sha256) {}

  Manifest {
    parts = List.copyOf(parts);
  }

  /** Of a folder that nobody writes to. */
  static Manifest of(Path folder) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (String top : List.of("state", "blobs")) {
      if (!Files.isDirectory(folder.resolve(top))) continue;
      List<Path> files;
      try (var all = Files.walk(folder.resolve(top))) {
        files = all.filter(Files::isRegularFile).sorted().toList();
      }
      for (Path file : files) {
        String name = folder.relativize(file).toString();
        if (!PATH.matcher(name).matches()) continue;
        try (InputStream in = Files.newInputStream(file)) {
          parts.add(new Part(name, Files.size(file), digest(in)));
        }
      }
    }
    return new Manifest(FORMAT, parts);
  }

  static String digest(InputStream in) throws IOException {
    try (DigestInputStream digesting = new DigestInputStream(in, sha256())) {
      digesting.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] bytes() {
    return Json.bytes(this);
  }

  long size() {
    return parts.stream().mapToLong(Part::size).reduce(0, Math::addExact);
  }

  /** What is wrong with it; empty if nothing is. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (format != FORMAT) faults.add("its manifest is of format " + format + ", not " + FORMAT);
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      if (!PATH.matcher(part.path()).matches())
        faults.add("it holds " + shown(part.path()) + ", which no backup has");
      else if (part.path().startsWith("blobs/")
          && (!part.path().regionMatches(6, part.path(), 9, 2)
              || part.sha256() != null && !part.path().endsWith(part.sha256())))
        faults.add("the blob " + part.path() + " is not what its name says");
      if (!names.add(part.path())) faults.add(shown(part.path()) + " is there twice");
      if (part.size() < 0) faults.add(shown(part.path()) + " has no size");
    }
    for (String needed : NEEDED)
      if (!names.contains(needed)) faults.add(needed + " is missing from it");
    return faults.stream().limit(20).collect(Collectors.toList());
  }

  /** A name that somebody chose, in a message. */
  static String shown(String name) {
    String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= 80 ? plain : plain.substring(0, 80) + "…";
  }
}
