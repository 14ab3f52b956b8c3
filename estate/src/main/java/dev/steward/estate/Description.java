package dev.steward.estate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How AWS describes the resources of a kind, as data that one lister carries out.
 *
 * @param parents what the listing is under; null where the account or the region is all
 * @param ask parameters that every call has
 * @param items where the answer has them
 * @param created of an instant, ISO text, or milliseconds since 1970
 * @param place of each resource, where the listing is not of the region that is asked
 * @param again how one of them is asked about
 * @param gone states in which a resource is no longer there
 * @param going states in which one that is asked about is as good as gone
 */
public record Description(
    Call call,
    @Nullable Parents parents,
    Map<String, Object> ask,
    String items,
    Path id,
    @Nullable Path name,
    @Nullable Path state,
    @Nullable Path created,
    @Nullable Place place,
    Paging paging,
    Again again,
    Set<String> gone,
    Set<String> going,
    Tags tags,
    List<BatchedDetail> batches,
    List<Detail> details,
    List<Attribute<?>> attributes) {

  /**
   * Where a resource is.
   *
   * @param path in the listing
   * @param otherwise what is asked where the listing does not say
   */
  public record Place(String path, Detail otherwise, Path answer) {}

  /** How one resource is asked about. */
  public sealed interface Again {
    /** Nothing needs to. */
    Again NEVER = new Never();

    record Never() implements Again {}

    /** By the listing's own operation; of what it answers the one with the id counts. */
    record Asked(String parameter) implements Again {}

    /**
     * Its details are asked without a listing.
     *
     * @param item what the listing would have said, over {@code id} and {@code region}
     */
    record Itself(String item) implements Again {}
  }

  public Description {
    ask = Map.copyOf(ask);
    gone = Set.copyOf(gone);
    going = Set.copyOf(going);
    batches = List.copyOf(batches);
    details = List.copyOf(details);
    attributes = List.copyOf(attributes);
  }

  /** Whether anything is asked about each resource. */
  public boolean isDetailed() {
    return !batches.isEmpty() || !details.isEmpty() || place != null || !tags.actions().isEmpty();
  }
}
