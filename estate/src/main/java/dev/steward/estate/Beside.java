package dev.steward.estate;

import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known beside a resource of what an action on it costs and uses.
 *
 * @param at when the resource was seen as it is; null where nobody knows
 * @param volumes an instance's; null where they were not answered
 * @param snapshots an image's; null where they were not answered
 */
public record Beside(
    @Nullable Instant at, @Nullable List<Resource> volumes, @Nullable List<Resource> snapshots) {
  public static final Beside UNKNOWN = new Beside(null, null);

  public Beside(@Nullable Instant at, @Nullable List<Resource> volumes) {
    this(at, volumes, null);
  }

  public Beside {
    volumes = volumes == null ? null : List.copyOf(volumes);
    snapshots = snapshots == null ? null : List.copyOf(snapshots);
  }
}
