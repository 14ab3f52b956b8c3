package dev.steward.domain.governance.audit;

import dev.steward.model.AuditEntry;
import dev.steward.model.AuditHead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What only the installation can sign its audit chains with (HMAC-SHA-256, RFC 2104). Whoever has
 * the disk and not the key can compute every hash anew, but no mac.
 */
public final class ChainKey {
  private static final String HMAC = "HmacSHA256";
  private final SecretKeySpec key;
  private final String id;

  /**
   * @param key derived from the master key for this purpose
   * @param id names the master key without telling it
   */
  public ChainKey(byte[] key, String id) {
    this.key = new SecretKeySpec(key, HMAC);
    this.id = id;
  }

  String id() {
    return id;
  }

  /** The entry, which has its hash, with its mac. */
  public AuditEntry signed(AuditEntry entry) {
    return entry.with(entry.hash(), of(entry));
  }

  public AuditHead signed(AuditHead head) {
    AuditHead named =
        new AuditHead(
            head.organization(), head.sequence(), head.hash(), head.keyedFrom(), id, head.mac());
    return new AuditHead(
        named.organization(), named.sequence(), named.hash(), named.keyedFrom(), id, of(named));
  }

  /**
   * One mac over all of them, in this order.
   *
   * @param previous the mac of those that they follow; empty for the first
   */
  public String of(String previous, List<AuditHead> heads) {
    Stream<String> macs = heads.stream().map(AuditHead::mac);
    return previous.isEmpty()
        ? mac("heads", macs.toArray(String[]::new))
        : mac("moved", Stream.concat(Stream.of(previous), macs).toArray(String[]::new));
  }

  boolean signs(AuditEntry entry) {
    return same(of(entry), entry.mac());
  }

  public boolean signs(AuditHead head) {
    return same(of(head), head.mac());
  }

  public boolean signs(String previous, List<AuditHead> heads, @Nullable String mac) {
    return heads.stream().allMatch(this::signs) && same(of(previous, heads), mac);
  }

  /** The hash is over everything else, the organization and the place in the chain included. */
  private String of(AuditEntry entry) {
    return mac("entry", entry.hash());
  }

  private String of(AuditHead head) {
    return mac(
        "head",
        head.organization().value(),
        Long.toString(head.sequence()),
        head.hash(),
        Long.toString(head.keyedFrom()),
        head.key());
  }

  /** No field has a line end in it. */
  private String mac(String kind, String... fields) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      String text = kind + "\n" + String.join("\n", fields);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean same(String wanted, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "(chain key " + id + ")";
  }
}
