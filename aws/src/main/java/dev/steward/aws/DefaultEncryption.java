package dev.steward.aws;

import dev.steward.estate.MadeEncrypted;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Whether a region encrypts the volumes and copies that are made in it, and with which key. */
public final class DefaultEncryption {
  private DefaultEncryption() {}

  /** The key, or {@link MadeEncrypted#NONE}. */
  public static String of(RegionClients clients) {
    boolean encrypts =
        Boolean.TRUE.equals(
            clients.ec2().getEbsEncryptionByDefault(_ -> {}).ebsEncryptionByDefault());
    if (!encrypts) return MadeEncrypted.NONE;
    return String.valueOf(clients.ec2().getEbsDefaultKmsKeyId(_ -> {}).kmsKeyId());
  }

  /**
   * Null where AWS does not say: then it is unknown, and no listing fails for it.
   *
   * @throws SdkException where AWS may answer later
   */
  static @Nullable String told(RegionClients clients) {
    try {
      return of(clients);
    } catch (SdkException e) {
      if (AwsError.of(e).passes()) throw e;
      return null;
    }
  }
}
