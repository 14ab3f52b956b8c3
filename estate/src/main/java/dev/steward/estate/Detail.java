package dev.steward.estate;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A further question about each resource of a listing. Where it is not answered, the resource is
 * there without what it would have said, and says so.
 *
 * @param what names it for who reads that it was not answered
 * @param ask the parameters, from what is known of the resource so far
 * @param result the part of the answer that is about the resource; what it says is known from then
 *     on, beside what the listing said
 * @param token the parameter and the member that lead on to the next page, whose lists go on where
 *     those of the page before ended; empty where there is one page
 * @param none error codes that say that there is nothing of it
 * @param attributes that it tells
 */
public record Detail(
    String what,
    Call call,
    Map<String, Path> ask,
    String result,
    String token,
    Set<String> none,
    List<Attribute<?>> attributes) {
  /** One whose answer is one page. */
  public Detail(
      String what,
      Call call,
      Map<String, Path> ask,
      String result,
      Set<String> none,
      List<Attribute<?>> attributes) {
    this(what, call, ask, result, "", none, attributes);
  }

  public Detail {
    ask = Map.copyOf(ask);
    none = Set.copyOf(none);
    attributes = List.copyOf(attributes);
  }
}
