package dev.steward.api;

import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Role;
import dev.steward.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of the operation table: what it promises, and how that is carried out. Routing, security,
 * validation, the OpenAPI document and the tests come from it.
 *
 * @param path with {@code {name}} for parameters, and {@code {+name}} for the rest of a path
 * @param query the query parameters it reads; any other is refused
 * @param about looks up what the path names
 * @param carried what is done with a call that is as the row says
 */
public record Operation<B, A>(
    String method,
    String path,
    String group,
    String summary,
    Access access,
    Takes<B> takes,
    Gives<A> gives,
    List<QueryParameter<?>> query,
    Promise promise,
    Consumer<Request> about,
    Function<Invocation<B>, Reply> carried) {
  private static final Pattern PARAMETER = Pattern.compile("\\{\\+?(\\w+)}");

  public Operation {
    query = List.copyOf(query);
    String row = method + " " + path;
    long names = query.stream().map(QueryParameter::name).distinct().count();
    if (names != query.size()) throw new IllegalArgumentException(row + " reads a parameter twice");
    if (method.equals("POST") && !promise.keyed() && promise.repeatable() == null)
      throw new IllegalArgumentException(
          row + " takes no Idempotency-Key and does not say why it may be sent twice");
    if (promise.keyed() && access instanceof Access.Open)
      throw new IllegalArgumentException(row + " is open, so that its keys would be nobody's");
  }

  /** Begins a row. */
  public static OperationRow<Nothing, Nothing> on(
      String method, String path, String group, Access access, String summary) {
    return new OperationRow<>(method, path, group, access, summary);
  }

  public static OperationRow<Nothing, Nothing> client(
      String method, String path, String group, String summary) {
    return on(method, path, group, Access.roles(Role.CLIENT), summary);
  }

  /** What reads each path that can be read. */
  public static Map<String, Operation<?, ?>> reads(List<Operation<?, ?>> operations) {
    return operations.stream()
        .filter(operation -> operation.method().equals("GET"))
        .collect(Collectors.toMap(Operation::path, operation -> operation));
  }

  /** The record of its body, if it takes one. */
  public @Nullable Class<?> body() {
    return takes instanceof Takes.Json<B> json ? json.type() : null;
  }

  /** How large a body that is no JSON may be; 0 where none is taken. */
  public int bytes() {
    return takes instanceof Takes.Bytes bytes ? bytes.most() : 0;
  }

  /** The names of what the path names. */
  public List<String> parameters() {
    return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
  }

  /** What a list is of, as {@code findings}: the end of its path. */
  String noun() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path with its parameters. */
  String filled(UnaryOperator<String> parameter) {
    return PARAMETER
        .matcher(path)
        .replaceAll(found -> Matcher.quoteReplacement(parameter.apply(found.group(1))));
  }

  /** Carries it out, or refuses it with everything that is wrong with it. */
  public Reply serve(Request request) {
    try {
      return carried.apply(read(request));
    } catch (ProblemException e) {
      Voice voice = promise.voice();
      if (voice == null) throw e;
      return voice.say(e.problem());
    }
  }

  private Invocation<B> read(Request request) {
    about.accept(request);
    List<Violation> violations = new ArrayList<>();
    Query given =
        takes instanceof Takes.Asked<B>
            ? Query.NONE
            : Query.read(query, request.queries(), violations);
    if (promise.keyed()) Once.check(request, violations);
    B body = null;
    try {
      body = takes.read(request);
    } catch (ProblemException e) {
      if (e.problem().type() != Problem.Type.INVALID) throw e;
      violations.addAll(e.problem().violations());
    }
    if (body == null || !violations.isEmpty()) throw Problem.invalid(violations);
    return new Invocation<>(request, given, body);
  }
}
