package dev.steward.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the commands of this machine prove themselves with on the admin port: {@code admin.token} in
 * the data folder, which only its owner reads. Each start makes a new one, so that one that got
 * away does not live long, and nobody else's installation takes it.
 */
final class AdminToken {
  private static final String FILE = "admin.token";
  private static final int BYTES = 32;

  private final String value;

  private AdminToken(String value) {
    this.value = value;
  }

  /** Makes a new one, and puts it where the commands look for it. */
  static AdminToken renewed(Path folder) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    AdminToken token =
        new AdminToken(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    try {
      Files.createDirectories(folder);
      Path made =
          Files.createTempFile(
              folder,
              FILE,
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel channel = FileChannel.open(made, Set.of(StandardOpenOption.WRITE))) {
        channel.write(ByteBuffer.wrap((token.value + "\n").getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
      }
      // A rename replaces whatever is there, a link too, and never follows it.
      Files.move(made, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartException("cannot write " + folder.resolve(FILE) + ": " + e.getMessage(), e);
    }
    return token;
  }

  /** The token of the installation in this folder; empty where none was started yet. */
  static Optional<AdminToken> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
    try {
      return Optional.of(new AdminToken(Files.readString(file, StandardCharsets.US_ASCII).strip()));
    } catch (IOException e) {
      throw new StartException(
          "cannot read " + file + "; run this as the user that runs the platform", e);
    }
  }

  /** For the header {@code Authorization}. */
  String bearer() {
    return "Bearer " + value;
  }

  boolean isBearer(String authorization) {
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && is(authorization.substring(7).strip());
  }

  boolean is(String given) {
    return same(value, given);
  }

  /**
   * What a browser keeps instead of the token: good for reading payloads until then, and for
   * nothing else.
   */
  String pass(Instant until) {
    long second = until.getEpochSecond();
    return second + "." + mark(second);
  }

  boolean isPass(String given, Instant now) {
    int dot = given.indexOf('.');
    if (dot < 1 || dot > 19) return false;
    try {
      long until = Long.parseLong(given.substring(0, dot));
      return now.getEpochSecond() < until && same(mark(until), given.substring(dot + 1));
    } catch (NumberFormatException notOurs) {
      return false;
    }
  }

  private String mark(long until) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(("codec " + until).getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean same(String wanted, String given) {
    return MessageDigest.isEqual(
        wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "(admin token)";
  }
}
