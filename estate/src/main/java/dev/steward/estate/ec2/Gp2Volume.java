package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Gp3;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Sight;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Quote;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.util.Optional;

/** A gp2 volume that would be cheaper as gp3. */
final class Gp2Volume {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("gp2_volume", "gp2 volume that would be cheaper as gp3")
          .answeredBy(VolumeToGp3.ID)
          .standsBackFor(
              "unattached_volume",
              "a volume that is deleted need not be changed, and deleting it saves more")
          .rule(Gp2Volume::judge);

  private Gp2Volume() {}

  /** A gp3 that is no slower costs less, with the IOPS and the throughput that this takes. */
  static Verdict judge(Resource volume, Sight sight) {
    if (!"gp2".equals(Volumes.TYPE.text(volume))) return FINE;
    Optional<Gp3> gp3 = Gp3.asFastAs(volume);
    if (gp3.isEmpty()) return unknown("its size is not known");
    double size = Volumes.SIZE.of(volume, 0.0);
    Optional<Quote> saving = saving(volume, gp3.get(), sight.prices());
    // Without more than a GiB includes it is cheaper in every region, whatever it is (AWS, gp3).
    if (saving.isEmpty() && gp3.get().paysMore()) return unknown("no prices of its region");
    if (saving.isPresent() && saving.get().money().compareTo(Money.ZERO) <= 0) return FINE;
    return waste(
        sight,
        saving,
        Confidence.HIGH,
        volume,
        "size_gb",
        number(size),
        "gp3_iops",
        number(gp3.get().iops()),
        "gp3_throughput_mibs",
        number(gp3.get().throughput()));
  }

  private static Optional<Quote> saving(Resource volume, Gp3 gp3, PriceBook prices) {
    return prices.volume(volume).flatMap(now -> prices.volume(gp3.of(volume)).map(now::minus));
  }
}
