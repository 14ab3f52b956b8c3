package dev.steward.estate.sagemaker;

import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.PriceBook;
import dev.steward.estate.price.Item.NodeHour;
import dev.steward.estate.price.Item.NodeService;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.Optional;

/** Notebook instances of SageMaker. */
public final class Notebooks {
  public static final String ID = "sagemaker_notebook";

  public static final Attribute<String> TYPE =
      text("instance_type", "ml.t3.medium, …", "InstanceType");
  public static final Attribute<Instant> CHANGED =
      time("last_changed", "when it was last started, stopped or changed", "LastModifiedTime");
  public static final Attribute<String> LIFECYCLE =
      text(
          "lifecycle_configuration",
          "scripts at its start, which may stop it when it is idle",
          "NotebookInstanceLifecycleConfigName");

  public static final Kind KIND =
      Kind.regional(ID, "SageMaker notebook instance", "sagemaker:ListNotebookInstances")
          .lists("NotebookInstances[]")
          .id("NotebookInstanceName")
          .name("NotebookInstanceName")
          .state("NotebookInstanceStatus")
          .created("CreationTime")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 100))
          .tags(MlTags.of("NotebookInstanceArn"))
          .knows(TYPE, CHANGED, LIFECYCLE)
          .costs(Notebooks::monthly)
          .check(LongRunningNotebook.CHECK)
          .row();

  private Notebooks() {}

  /** A stopped one pays its volume, whose size is not asked. */
  private static Optional<Quote> monthly(Resource notebook, PriceBook prices) {
    return "InService".equals(notebook.state())
        ? prices
            .price(
                notebook.region(),
                new NodeHour(NodeService.SAGEMAKER_NOTEBOOK, String.valueOf(TYPE.of(notebook))))
            .map(Quote::hours)
        : Optional.empty();
  }
}
