package dev.steward.workflows;

import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.util.List;

/**
 * The search attributes by which an operator finds runs. They are not encrypted, so they hold ids
 * and stages only.
 */
public final class Attributes {
  public static final SearchAttributeKey<String> ORGANIZATION =
      SearchAttributeKey.forKeyword("Organization");
  public static final SearchAttributeKey<String> ACCOUNT =
      SearchAttributeKey.forKeyword("AccountId");
  public static final SearchAttributeKey<String> STAGE = SearchAttributeKey.forKeyword("Stage");
  public static final SearchAttributeKey<String> SUBJECT = SearchAttributeKey.forKeyword("Subject");
  public static final SearchAttributeKey<String> RISK = SearchAttributeKey.forKeyword("Risk");
  public static final SearchAttributeKey<String> REQUESTED_BY =
      SearchAttributeKey.forKeyword("RequestedBy");

  /** All of them are keywords. */
  public static final List<SearchAttributeKey<String>> ALL =
      List.of(ORGANIZATION, ACCOUNT, STAGE, SUBJECT, RISK, REQUESTED_BY);

  private Attributes() {}

  public static SearchAttributes of(String organization, String account) {
    return SearchAttributes.newBuilder()
        .set(ORGANIZATION, organization)
        .set(ACCOUNT, account)
        .build();
  }
}
