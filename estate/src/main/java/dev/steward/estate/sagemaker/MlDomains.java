package dev.steward.estate.sagemaker;

import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import java.time.Instant;

/** Domains of SageMaker, where people work. */
public final class MlDomains {
  public static final String ID = "sagemaker_domain";

  public static final Attribute<Instant> CHANGED =
      time("last_changed", "when it was last changed", "LastModifiedTime");

  public static final Kind KIND =
      Kind.regional(ID, "SageMaker domain", "sagemaker:ListDomains")
          .lists("Domains[]")
          .id("DomainId")
          .name("DomainName")
          .state("Status")
          .created("CreationTime")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 10))
          .tags(MlTags.of("DomainArn"))
          .knows(CHANGED)
          .costsUnknown()
          .row();

  private MlDomains() {}
}
