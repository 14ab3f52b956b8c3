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
 * @param none error codes that say that there is nothing of it
 * @param attributes that it tells
 */
public record Detail(
    String what,
    Call call,
    Map<String, Path> ask,
    String result,
    Set<String> none,
    List<Attribute<?>> attributes) {
  public Detail {
    ask = Map.copyOf(ask);
    none = Set.copyOf(none);
    attributes = List.copyOf(attributes);
  }
}
