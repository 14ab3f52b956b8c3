package dev.steward.api;

import java.util.Optional;

/** A request whose parameters and body are read and hold what the row says. */
public final class Invocation<B> extends Request {
  private final Query query;
  private final B body;

  Invocation(Request request, Query query, B body) {
    super(request);
    this.query = query;
    this.body = body;
  }

  public B body() {
    return body;
  }

  /** The value of a query parameter, or its standard, if there is either. */
  public <T> Optional<T> find(QueryParameter<T> parameter) {
    return query.find(parameter);
  }

  /** Whether the caller gave it a value. */
  public boolean isSaid(QueryParameter<?> parameter) {
    return query.isSaid(parameter);
  }

  /** The value of a query parameter that is required, or has a standard. */
  public <T> T get(QueryParameter<T> parameter) {
    return query.get(parameter);
  }
}
