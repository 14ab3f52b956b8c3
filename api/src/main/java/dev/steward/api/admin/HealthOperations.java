package dev.steward.api.admin;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Health of the installation. */
public final class HealthOperations {
  private final List<Health.Component> components;
  private final boolean durable;

  /**
   * @param durable whether workflows survive a restart; said in every answer
   */
  public HealthOperations(List<Health.Component> components, boolean durable) {
    this.components = List.copyOf(components);
    this.durable = durable;
  }

  public record HealthView(
      Health.Status status, boolean durable, String durability, Map<String, Health> components) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        on("GET", "/admin/health", "admin", Access.roles(Role.ADMIN), "How the installation is")
            .gives(HealthView.class)
            .or(503, HealthOperations::isDown)
            .answers(call -> view(components)),
        on(
                "GET",
                "/admin/health/{component}",
                "admin",
                Access.roles(Role.ADMIN),
                "How one component is")
            .gives(HealthView.class)
            .or(503, HealthOperations::isDown)
            .refuses(404)
            .answers(this::one));
  }

  public HealthView view() {
    return view(components);
  }

  private HealthView one(Request request) {
    List<Health.Component> one =
        components.stream().filter(c -> c.name().equals(request.path("component"))).toList();
    if (one.isEmpty()) throw Problem.notFound("component");
    return view(one);
  }

  private static boolean isDown(HealthView view) {
    return view.status() == Health.Status.DOWN;
  }

  private HealthView view(List<Health.Component> asked) {
    Map<String, Health> all = new LinkedHashMap<>();
    asked.forEach(component -> all.put(component.name(), component.health()));
    Health.Status worst =
        all.values().stream().map(Health::status).max(Enum::compareTo).orElse(Health.Status.UP);
    return new HealthView(
        worst,
        durable,
        durable ? "durable" : "NON-DURABLE: workflows are lost with the process",
        all);
  }
}
