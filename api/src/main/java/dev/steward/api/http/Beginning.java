package dev.steward.api.http;

import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;

/**
 * Compares how a path begins before its pattern is looked at: routes are tried one after the other,
 * and most patterns of hundreds have another beginning.
 *
 * @param literal what stands before the first parameter
 */
record Beginning(String literal, PathMatcher pattern) implements PathMatcher {
  static PathMatcher of(String path) {
    int parameter = path.indexOf('{');
    PathMatcher pattern = PathMatchers.create(path);
    // Without a parameter it is compared as it is.
    return parameter < 0 ? pattern : new Beginning(path.substring(0, parameter), pattern);
  }

  @Override
  public PathMatchers.MatchResult match(UriPath path) {
    return path.path().startsWith(literal)
        ? pattern.match(path)
        : PathMatchers.MatchResult.notAccepted();
  }

  @Override
  public PathMatchers.PrefixMatchResult prefixMatch(UriPath path) {
    return pattern.prefixMatch(path);
  }
}
