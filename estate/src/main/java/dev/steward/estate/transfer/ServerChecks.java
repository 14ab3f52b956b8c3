package dev.steward.estate.transfer;

import static dev.steward.estate.shape.Condition.in;
import static dev.steward.estate.shape.Condition.seenUnused;
import static dev.steward.estate.shape.Condition.silent;

import dev.steward.estate.LastDay.Over;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Shape;
import dev.steward.model.Finding.Confidence;

/** Servers of Transfer Family that nothing passes through. */
final class ServerChecks {
  static final WasteCheck.Row IDLE =
      Shape.check("idle_transfer_server", "Transfer server that nothing passes through")
          .when(in("ONLINE"), silent(Over.SUM, "bytes_in", "bytes_out"))
          .shows(Servers.PROTOCOLS, Servers.USERS)
          .row();

  /** A server is paid until it is deleted (Transfer Family user guide, Start and stop a server). */
  static final WasteCheck.Row STOPPED =
      Shape.check("stopped_transfer_server", "Transfer server that is stopped, and paid")
          .when(
              in("OFFLINE"),
              seenUnused(Threshold.days("min_unused_days", 7, 1, "it may be started again")))
          .confidence(Confidence.HIGH)
          .savingIs("of a deletion: a stopped server is paid as one that runs")
          .shows(Servers.PROTOCOLS, Servers.USERS)
          .row();

  private ServerChecks() {}
}
