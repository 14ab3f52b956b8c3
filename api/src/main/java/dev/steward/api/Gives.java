package dev.steward.api;

import java.util.List;

/** What an operation answers when all is well. */
public sealed interface Gives<A> {
  /** 204. */
  record None() implements Gives<Nothing> {}

  record One<A>(Class<A> type) implements Gives<A> {}

  /** A bare array. */
  record Many<V>(Class<V> item) implements Gives<List<V>> {}

  /**
   * A page of a list.
   *
   * @param csv whether the whole list may be had as CSV too
   */
  record Page<V>(Class<V> item, boolean csv) implements Gives<PageOf<V>> {}

  /** What is no JSON of ours, of one of these media types. */
  record File(List<String> mediaTypes) implements Gives<Content> {
    public File {
      mediaTypes = List.copyOf(mediaTypes);
    }
  }
}
