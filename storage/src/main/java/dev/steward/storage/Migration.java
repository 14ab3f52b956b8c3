package dev.steward.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One step of the schema.
 *
 * @param to the schema number that holds afterwards: one more than before
 * @param name says what changes
 * @param tables for each table it changes, what becomes of a row; a row keeps its key
 */
public record Migration(int to, String name, Map<String, UnaryOperator<ObjectNode>> tables) {
  public Migration {
    tables = Map.copyOf(tables);
  }
}
