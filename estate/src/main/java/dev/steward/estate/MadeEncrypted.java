package dev.steward.estate;

import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What comes back encrypted though it was not: a region may encrypt whatever is made in it, and of
 * what is encrypted AWS makes nothing else.
 *
 * @param setting says with which key the region encrypts
 * @param fields of the describe calls that differ then
 */
public record MadeEncrypted(RegionSetting setting, List<String> fields, Says says) {
  /** What approvers read; pure. */
  @FunctionalInterface
  public interface Says {
    /**
     * @param key of the setting; null where AWS did not say
     * @return empty where it does not come back encrypted
     */
    Optional<String> of(@Nullable String key, Map<String, String> parameters);
  }

  public MadeEncrypted {
    fields = List.copyOf(fields);
  }

  /** Whether the resource might come back encrypted. */
  public boolean mayBe(Resource resource) {
    return !resource.flag(KeyUse.ENCRYPTED);
  }

  Optional<Loss> loss(Resource resource, Map<String, String> parameters) {
    if (!mayBe(resource)) return Optional.empty();
    return says.of(resource.attribute(setting.attribute()), parameters)
        .map(told -> new Loss(told, fields));
  }

  /**
   * Whether approvers read what comes of a region that encrypts with this key; where it is null,
   * that AWS did not say. Plans of before say nothing.
   */
  public boolean isStated(PlanStep step, @Nullable String key) {
    return says.of(key, step.parameters()).filter(step.losses()::contains).isPresent();
  }

  /** The key that it comes back encrypted with, if it does, as far as that is known. */
  Optional<String> key(Resource resource, Map<String, String> parameters) {
    if (!mayBe(resource)) return Optional.empty();
    String key = resource.attribute(setting.attribute());
    // It may come back encrypted because the copy was that it is made of.
    return says.of(key, parameters)
        .map(_ -> key == null || key.equals(RegionSetting.NONE) ? KeyUse.UNKNOWN : key);
  }
}
