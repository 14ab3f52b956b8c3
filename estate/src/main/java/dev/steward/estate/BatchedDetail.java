package dev.steward.estate;

import java.util.List;
import java.util.Map;

/**
 * A further question about several resources of a listing at a time, by the name that the answer
 * repeats: where a listing says little more than names. What the answer says of a resource is known
 * from then on, beside what the listing said. One that the answer leaves out is there without it,
 * and says so; so is each one of a question that was not answered.
 *
 * @param what names it for who reads that it was not answered
 * @param ask further parameters, from what the listing said; those for which they are not the same
 *     are asked about apart
 * @param parameter takes a list of names
 * @param name of a resource, from what the listing said
 * @param most names that a call takes
 * @param items the part of the answer about each
 * @param key its name there
 * @param gone where the answer names those that do not exist any more; empty where it does not
 * @param attributes that it tells
 */
public record BatchedDetail(
    String what,
    Call call,
    Map<String, Path> ask,
    String parameter,
    Path name,
    int most,
    String items,
    String key,
    String gone,
    List<Attribute<?>> attributes) {
  /** Without further parameters; what the answer leaves out is not known to be gone. */
  public BatchedDetail(
      String what,
      Call call,
      String parameter,
      String name,
      int most,
      String items,
      String key,
      List<Attribute<?>> attributes) {
    this(what, call, Map.of(), parameter, Path.at(name), most, items, key, "", attributes);
  }

  public BatchedDetail {
    ask = Map.copyOf(ask);
    attributes = List.copyOf(attributes);
  }
}
