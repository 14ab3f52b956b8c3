package dev.steward.api.http;

import dev.steward.api.Problems;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is answered at a path that takes other methods. */
public final class Methods {
  private static final String ALLOW = "Allow";

  private Methods() {}

  /** With those that follow: what can be got can be asked after, and anything for its methods. */
  public static Set<String> all(Set<String> declared) {
    Set<String> all = new TreeSet<>(declared);
    if (all.contains("GET")) all.add("HEAD");
    all.add("OPTIONS");
    return all;
  }

  /** 204 with the methods, as OPTIONS asks. */
  public static Reply told(Set<String> methods) {
    return new Reply(204, Reply.JSON, new byte[0], Map.of(ALLOW, listed(methods)));
  }

  /**
   * 405 with the methods.
   *
   * @param id the request's
   */
  public static Reply refused(Set<String> methods, String id, @Nullable String trace) {
    String allowed = listed(methods);
    Problem wrong =
        new Problem(Problem.Type.METHOD_NOT_ALLOWED, "this path takes " + allowed, List.of());
    return Problems.reply(wrong, id, trace).with(ALLOW, allowed);
  }

  private static String listed(Set<String> methods) {
    return String.join(", ", new TreeSet<>(methods));
  }
}
