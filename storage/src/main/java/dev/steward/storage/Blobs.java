package dev.steward.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Large immutable contents, each under its SHA-256; putting the same content twice keeps one. */
public final class Blobs {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private final Path folder;

  public Blobs(Path folder) {
    this.folder = folder;
  }

  /**
   * Keeps the content durably and returns its SHA-256 in hex. One that is there and damaged is
   * mended by that.
   */
  public String put(byte[] content) {
    String digest = digest(content);
    Path file = file(digest);
    if (!isWhole(file, content)) Durably.write(file, content);
    return digest;
  }

  private static boolean isWhole(Path file, byte[] content) {
    try {
      return Files.size(file) == content.length && Arrays.equals(Files.readAllBytes(file), content);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The content, checked against its digest.
   *
   * @throws IllegalStateException if the file was damaged
   */
  public Optional<byte[]> get(String digest) {
    try {
      byte[] content = Files.readAllBytes(file(digest));
      if (!digest(content).equals(digest))
        throw new IllegalStateException("blob " + digest + " is damaged");
      return Optional.of(content);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read blob " + digest, e);
    }
  }

  public boolean delete(String digest) {
    try {
      return Files.deleteIfExists(file(digest));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete blob " + digest, e);
    }
  }

  private Path file(String digest) {
    if (!DIGEST.matcher(digest).matches()) throw new IllegalArgumentException("not a SHA-256");
    return folder.resolve(digest.substring(0, 2)).resolve(digest);
  }

  public static String digest(byte[] content) {
    return HexFormat.of().formatHex(sha256(content));
  }

  public static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
