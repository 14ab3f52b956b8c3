package dev.steward.estate.transfer;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.texts;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Servers of Transfer Family, which are paid by the hour for each protocol until they are deleted,
 * stopped ones too (Transfer Family user guide, "Start and stop a server").
 */
public final class Servers {
  public static final String ID = "transfer_server";

  public static final Attribute<Double> USERS =
      number("users", "those that it keeps itself", "UserCount");
  public static final Attribute<String> IDENTITY =
      text("identity_provider", "who knows its users", "IdentityProviderType");
  public static final Attribute<String> DOMAIN = text("domain", "S3 or EFS", "Domain");
  public static final Attribute<String> ENDPOINT =
      text("endpoint_type", "PUBLIC, VPC or VPC_ENDPOINT", "EndpointType");
  public static final Attribute<List<String>> PROTOCOLS =
      texts("protocols", "SFTP, FTPS, FTP, AS2", "Protocols");

  public static final Kind KIND =
      Kind.regional(ID, "Transfer server", "transfer:ListServers")
          .lists("Servers[]")
          .id("ServerId")
          .state("State")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 100))
          .detail(
              new Detail(
                  "server",
                  Call.of("transfer:DescribeServer"),
                  Map.of("ServerId", Path.at("ServerId")),
                  "Server",
                  Set.of(),
                  List.of(PROTOCOLS)))
          .tags(
              new Tags.Asked(
                  Call.of("transfer:ListTagsForResource"),
                  Map.of("Arn", Path.at("Arn")),
                  "Tags",
                  "NextToken",
                  Set.of()))
          .knows(USERS, IDENTITY, DOMAIN, ENDPOINT)
          .measures(bytes("bytes_in", "BytesIn"), bytes("bytes_out", "BytesOut"))
          .used(server ->
              server.state() == null ? Use.UNKNOWN : Use.of(!server.state().equals("OFFLINE")))
          .costs(Servers::monthly)
          .check(ServerChecks.IDLE)
          .check(ServerChecks.STOPPED)
          .row();

  private Servers() {}

  private static Metric.Row bytes(String id, String name) {
    return Metric.of(id, "AWS/Transfer", name, "ServerId", "Sum", "bytes");
  }

  private static Optional<Quote> monthly(Resource server, PriceBook prices) {
    List<String> protocols = PROTOCOLS.of(server);
    return protocols == null || protocols.isEmpty()
        ? Optional.empty()
        : prices.hours(server, Unit.TRANSFER_PROTOCOL_HOUR).map(one -> one.times(protocols.size()));
  }
}
