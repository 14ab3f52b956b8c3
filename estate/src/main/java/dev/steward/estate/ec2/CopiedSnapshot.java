package dev.steward.estate.ec2;

import dev.steward.estate.Verdict;
import dev.steward.model.Resource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a snapshot is a copy of another one. A copy has an arbitrary volume id that means nothing
 * (EC2 API reference, CopySnapshot), so that its volume is neither there nor gone.
 */
enum CopiedSnapshot {
  YES,
  /** Its description speaks of a copy, and AWS does not. */
  MAYBE,
  NO;

  /** What AWS gives to copies. */
  private static final String NO_VOLUME = "vol-ffffffff";

  /**
   * What CopySnapshot, its console and CopyImage write: "[Copied snap-… from us-east-1]", "Copied
   * for DestinationAmi ami-… from SourceAmi ami-…".
   */
  private static final Pattern BY_AWS =
      Pattern.compile("^\\s*\\[?copied (snap-|for destinationami)", Pattern.CASE_INSENSITIVE);

  private static final Pattern BY_PEOPLE =
      Pattern.compile("\\bcop(y|ies|ied) (of|from)\\b", Pattern.CASE_INSENSITIVE);

  static CopiedSnapshot of(Resource snapshot) {
    String description = Optional.ofNullable(Snapshots.DESCRIPTION.text(snapshot)).orElse("");
    if (Snapshots.TRANSFER.isKnown(snapshot)
        || NO_VOLUME.equals(Snapshots.VOLUME.text(snapshot))
        || BY_AWS.matcher(description).find()) return YES;
    return BY_PEOPLE.matcher(description).find() ? MAYBE : NO;
  }

  /** Of a check that is about the volume. */
  Verdict verdict() {
    return this == YES
        ? Verdict.FINE
        : Verdict.unknown("its description calls it a copy, and of a copy the volume is not known");
  }
}
