package dev.steward.api;

import dev.steward.model.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the operation table. Routing, security, validation, the OpenAPI document and the tests
 * come from it.
 *
 * @param path with {@code {name}} for parameters, and {@code {+name}} for the rest of a path
 * @param body the record of the request's body, if it has one
 * @param answer the record of the answer, or of its items where {@code list}
 * @param query the query parameters it reads
 * @param bytes how large a body that is no JSON may be; 0 where none is taken
 * @param statuses what it may answer, the usual one first; the general problems are added by the
 *     document
 */
public record Operation(
    String method,
    String path,
    String group,
    String summary,
    Access access,
    @Nullable Class<?> body,
    @Nullable Class<?> answer,
    Shape shape,
    List<String> query,
    List<Integer> statuses,
    int bytes,
    Handler handler) {

  /** How the answer holds its record. */
  public enum Shape {
    ONE,
    ARRAY,
    PAGE,
    TEXT
  }

  /** Carries an operation out. */
  @FunctionalInterface
  public interface Handler {
    Reply handle(Request request);
  }

  public Operation {
    query = List.copyOf(query);
    statuses = List.copyOf(statuses);
  }

  /** Begins a row; it ends with {@link Row#handle}. */
  public static Row on(String method, String path, String group, Access access, String summary) {
    return new Row(method, path, group, access, summary);
  }

  public static Row client(String method, String path, String group, String summary) {
    return on(method, path, group, Access.roles(Role.CLIENT), summary);
  }

  /** A row being written. */
  public static final class Row {
    private final String method;
    private final String path;
    private final String group;
    private final Access access;
    private final String summary;
    private @Nullable Class<?> body;
    private @Nullable Class<?> answer;
    private Shape shape = Shape.TEXT;
    private List<String> query = List.of();
    private List<Integer> statuses = List.of(200);
    private int bytes;

    private Row(String method, String path, String group, Access access, String summary) {
      this.method = method;
      this.path = path;
      this.group = group;
      this.access = access;
      this.summary = summary;
    }

    public Row takes(Class<?> type) {
      body = type;
      return this;
    }

    /** A body of any kind, as it comes. */
    public Row takesBytes(int most) {
      bytes = most;
      return this;
    }

    public Row gives(Class<?> type) {
      return gives(Shape.ONE, type);
    }

    public Row gives(Shape how, Class<?> type) {
      shape = how;
      answer = type;
      return this;
    }

    public Row query(String... names) {
      query = List.of(names);
      return this;
    }

    public Row answers(Integer... codes) {
      statuses = List.of(codes);
      return this;
    }

    public Operation handle(Handler handler) {
      return new Operation(
          method, path, group, summary, access, body, answer, shape, query, statuses, bytes,
          handler);
    }
  }
}
