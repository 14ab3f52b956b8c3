package dev.steward.estate.dynamodb;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** DynamoDB tables. */
public final class DynamoDbTables {
  public static final String ID = "dynamodb_table";

  private static final String CONSUMED =
      "DynamoDB developer guide, metrics: consumed capacity is published when it is consumed";

  public static final Attribute<String> BILLING =
      text(
          "billing",
          "PROVISIONED or PAY_PER_REQUEST",
          "BillingModeSummary.BillingMode || 'PROVISIONED'");
  public static final Attribute<Double> SIZE =
      number("size_bytes", "bytes", "TableSizeBytes").measured();
  public static final Attribute<Double> READ_CAPACITY =
      number("read_capacity", "units", "ProvisionedThroughput.ReadCapacityUnits");
  public static final Attribute<Double> WRITE_CAPACITY =
      number("write_capacity", "units", "ProvisionedThroughput.WriteCapacityUnits");

  public static final Kind KIND =
      Kind.regional(ID, "DynamoDB table", "dynamodb:ListTables")
          .lists("TableNames[].{TableName: @}")
          .id("TableName")
          .name("TableName")
          .state("TableStatus")
          .created("CreationDateTime")
          .pages(new Paging("ExclusiveStartTableName", "LastEvaluatedTableName", "Limit", 1, 100))
          .againItself("{TableName: id}")
          .detail(
              new Detail(
                  "description",
                  Call.of("dynamodb:DescribeTable"),
                  Map.of("TableName", Path.at("TableName")),
                  "Table",
                  Set.of(),
                  List.of(BILLING, SIZE, READ_CAPACITY, WRITE_CAPACITY)))
          .tags(Tags.tagging("TableArn"))
          .measures(
              Metric.of(
                      "read_units",
                      "AWS/DynamoDB",
                      "ConsumedReadCapacityUnits",
                      "TableName",
                      "Sum",
                      "units")
                  .silentWhenNothingHappens(CONSUMED),
              Metric.of(
                      "write_units",
                      "AWS/DynamoDB",
                      "ConsumedWriteCapacityUnits",
                      "TableName",
                      "Sum",
                      "units")
                  .silentWhenNothingHappens(CONSUMED))
          .costsUnknown()
          .row();

  private DynamoDbTables() {}
}
