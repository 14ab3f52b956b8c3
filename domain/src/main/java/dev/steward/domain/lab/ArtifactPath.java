package dev.steward.domain.lab;

import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.util.List;

/**
 * A path within a run. Nothing is ever opened by it: it only names a blob. It is still held to what
 * a client can safely make a file of.
 */
public final class ArtifactPath {
  private static final int LONGEST = 500;

  private ArtifactPath() {}

  /**
   * @throws dev.steward.model.ProblemException INVALID if it is absolute, leads up, or is no path
   */
  public static String checked(String path) {
    if (path.isEmpty() || path.length() > LONGEST)
      throw wrong("must have 1 to " + LONGEST + " characters");
    if (path.contains("\\") || path.chars().anyMatch(Character::isISOControl))
      throw wrong("must not have backslashes or control characters");
    for (String part : path.split("/", -1))
      if (part.isEmpty() || part.equals(".") || part.equals(".."))
        throw wrong("must be relative, without empty parts, . or ..");
    return path;
  }

  private static RuntimeException wrong(String message) {
    return Problem.invalid(List.of(new Violation("path", message)));
  }
}
