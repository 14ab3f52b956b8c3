package dev.steward.estate;

import java.util.Map;

/**
 * Where the resources of a kind are listed under another thing: the services of a cluster, the
 * records of a zone. A page of them is those of a few parents, all of them; its token leads on to
 * the next parents. What a resource is known by has its parent's listing as {@code parent}.
 *
 * <p>A parent that does not answer fails the listing, as an account would: nothing was seen of what
 * is under it. One that is gone meanwhile has nothing.
 *
 * @param ask parameters that every call for parents has
 * @param items where the answer has the parents
 * @param paging of the parents; its {@code most} is how many make a page
 * @param gives the parameters of the kind's own listing, from its parent; none may stay empty
 */
public record Parents(
    Call call, Map<String, Object> ask, String items, Paging paging, Map<String, Path> gives) {
  /** A name that what is listed knows its parent by. */
  public static final String PARENT = "parent";

  /** Without parameters of their own. */
  public Parents(Call call, String items, Paging paging, Map<String, Path> gives) {
    this(call, Map.of(), items, paging, gives);
  }

  public Parents {
    ask = Map.copyOf(ask);
    gives = Map.copyOf(gives);
    if (gives.isEmpty()) throw new IllegalArgumentException("a parent has a name");
  }
}
