package dev.steward.estate.sagemaker;

import dev.steward.estate.Kind;
import dev.steward.estate.Paging;

/** Models of SageMaker. What one is made of lies in S3 and ECR, and is paid there. */
public final class MlModels {
  public static final String ID = "sagemaker_model";

  public static final Kind KIND =
      Kind.regional(ID, "SageMaker model", "sagemaker:ListModels")
          .lists("Models[]")
          .id("ModelName")
          .name("ModelName")
          .created("CreationTime")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 100))
          .tags(MlTags.of("ModelArn"))
          .costsUnknown()
          .row();

  private MlModels() {}
}
