package dev.steward.estate.sagemaker;

import dev.steward.estate.Call;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.Map;
import java.util.Set;

/** No listing of SageMaker comes with tags. */
final class MlTags {
  private MlTags() {}

  static Tags of(String arn) {
    return new Tags.Asked(
        Call.of("sagemaker:ListTags"),
        Map.of("ResourceArn", Path.at(arn)),
        "Tags",
        "NextToken",
        Set.of());
  }
}
