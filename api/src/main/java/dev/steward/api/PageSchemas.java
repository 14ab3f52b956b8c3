package dev.steward.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pages of lists as schemas with a name, each called by what it is a page of. */
final class PageSchemas {
  private final Schemas schemas;
  private final Map<String, Class<?>> items = new LinkedHashMap<>();
  private final Map<String, ObjectNode> pages = new LinkedHashMap<>();

  PageSchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  /** {@code FindingPage} of a {@code FindingView}. */
  String name(Class<?> item) {
    String name = item.getSimpleName().replaceFirst("View$", "") + "Page";
    if (items.putIfAbsent(name, item) instanceof Class<?> other && other != item)
      throw new IllegalStateException(item + " and " + other + " would both be " + name);
    pages.computeIfAbsent(name, first -> page(item));
    return name;
  }

  private ObjectNode page(Class<?> item) {
    ObjectNode schema = HttpJson.MAPPER.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("items").put("type", "array").set("items", schemas.of(item));
    properties.putObject("next").putArray("type").add("string").add("null");
    properties.putObject("total").put("type", "integer").put("minimum", 0);
    schema.putArray("required").add("items").add("next").add("total");
    return schema;
  }

  void addTo(ObjectNode all) {
    pages.forEach((name, page) -> {
      if (all.has(name)) throw new IllegalStateException("there is a " + name + " already");
      all.set(name, page);
    });
  }
}
