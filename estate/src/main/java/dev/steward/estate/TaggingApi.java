package dev.steward.estate;

import java.util.Set;

/**
 * The Resource Groups Tagging API: the tags of a hundred resources of any services in one call.
 *
 * <p>Silence means that there are none: {@code GetResources} answers what is or was tagged, and
 * "does not return untagged resources" (Resource Groups Tagging API reference, <a
 * href="https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html">GetResources</a>).
 * That holds where the ARN is written as the service writes it, and in the region that the resource
 * is in; what lies in no region is asked for in the partition's global one, as its kind is.
 */
final class TaggingApi {
  /** By the prefix in the ARN. */
  static final Set<String> SILENT_ABOUT =
      Set.of(
          // The same reference, "Services that support the Resource Groups Tagging API": it
          // supports all resource types, and not IAM users and roles, nor Auto Scaling groups,
          // about which it is silent whether they have tags or not.
          "iam", "autoscaling");

  /** The same page, ResourceARNList: at most 100, and no parameter for pages beside it. */
  private static final int MOST = 100;

  private TaggingApi() {}

  static Tags.Batched of(Path arn) {
    return new Tags.Batched(
        Call.of("tag:GetResources"),
        "ResourceARNList",
        arn,
        MOST,
        "ResourceTagMappingList[]",
        "ResourceARN",
        "Tags",
        "PaginationToken",
        Tags.Silence.MEANS_NONE,
        null);
  }
}
