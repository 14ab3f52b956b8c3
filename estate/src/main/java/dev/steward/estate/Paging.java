package dev.steward.estate;

/**
 * How the pages of a listing are asked for.
 *
 * @param in the parameter that takes the token of a page; empty where the operation has no pages
 * @param out where the answer says the token of the next one
 * @param size the parameter that takes how many are wanted; empty where AWS chooses
 * @param least that the operation takes for it
 * @param most that the operation takes for it, or that are asked about one by one before the page
 *     is kept
 */
public record Paging(String in, String out, String size, int least, int most) {
  /** Everything comes at once. */
  public static final Paging NONE = new Paging("", "", "", 1, Integer.MAX_VALUE);

  /** As most operations of EC2 do (EC2 API reference: 5 to 1,000 for the describe calls). */
  public static final Paging EC2 = new Paging("NextToken", "NextToken", "MaxResults", 5, 1_000);

  /** Of a size that AWS chooses. */
  public static Paging unsized(String token) {
    return new Paging(token, token, "", 1, Integer.MAX_VALUE);
  }

  public boolean isSized() {
    return !size.isEmpty();
  }

  public boolean isPaged() {
    return !in.isEmpty();
  }
}
