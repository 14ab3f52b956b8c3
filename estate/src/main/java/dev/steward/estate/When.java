package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.Map;

/** Whether something holds of a resource that is acted on with these parameters; pure. */
@FunctionalInterface
public interface When {
  When ALWAYS = (resource, parameters) -> true;

  boolean holds(Resource resource, Map<String, String> parameters);
}
