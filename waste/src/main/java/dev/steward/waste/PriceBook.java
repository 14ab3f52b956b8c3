package dev.steward.waste;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Dated list prices in US dollars. A month has 730 hours. Prices are us-east-1's; where a region's
 * own price is not in the book, us-east-1's is used and the evidence says so.
 */
public final class PriceBook {
  public static final double HOURS = 730;
  private final JsonNode book;

  private PriceBook(JsonNode book) {
    this.book = book;
  }

  /** The book that comes with this version. */
  public static PriceBook current() {
    try (InputStream in = PriceBook.class.getResourceAsStream("pricebook-2026-11.json")) {
      if (in == null) throw new IllegalStateException("the price book is missing from the build");
      return new PriceBook(Json.MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String version() {
    return book.get("version").asText();
  }

  /** The region whose prices are used for resources of this one. */
  public String priceRegion() {
    return book.get("region").asText();
  }

  /** A price by name, in dollars per its unit. */
  public double price(String name) {
    JsonNode price = book.path("prices").path(name).path("usd");
    if (!price.isNumber()) throw new IllegalArgumentException("no price " + name + " in the book");
    return price.asDouble();
  }

  /** Dollars an hour of an instance type (Linux, on demand), if the book has it. */
  public Optional<Double> instanceHour(String type) {
    return hourly("ec2_hour", type);
  }

  /** Every instance type that has a price. */
  public List<String> instanceTypes() {
    List<String> types = new ArrayList<>();
    book.path("ec2_hour").fieldNames().forEachRemaining(types::add);
    return types;
  }

  public Optional<Double> databaseHour(String instanceClass) {
    return hourly("rds_hour", instanceClass);
  }

  private Optional<Double> hourly(String table, String name) {
    JsonNode price = book.path(table).path(name);
    return price.isNumber() ? Optional.of(price.asDouble()) : Optional.empty();
  }

  /** A month of the volume: size, and the IOPS and throughput paid beyond what is included. */
  public Money volume(Resource volume) {
    double size = volume.number("size_gb", 0);
    String type = Optional.ofNullable(volume.attribute("volume_type")).orElse("gp2");
    double month = size * price(book.path("prices").has("ebs_" + type) ? "ebs_" + type : "ebs_gp2");
    double iops = volume.number("iops", 0);
    month +=
        switch (type) {
          case "gp3" ->
              Math.max(0, iops - 3_000) * price("gp3_iops")
                  + Math.max(0, volume.number("throughput", 125) - 125) * price("gp3_throughput");
          case "io1", "io2" -> iops * price("io_iops");
          default -> 0;
        };
    return Money.usd(month);
  }

  /**
   * What the resource is estimated to cost a month at list price; empty when the book cannot tell.
   */
  public Optional<Money> monthly(Resource resource) {
    return switch (resource.kind()) {
      case "ec2_instance" ->
          "running".equals(resource.state())
              ? instanceHour(Optional.ofNullable(resource.attribute("instance_type")).orElse(""))
                  .map(p -> Money.usd(p * HOURS))
              : Optional.of(Money.ZERO);
      case "ebs_volume" -> knownVolume(resource);
      case "ebs_snapshot" ->
          sized(
              resource,
              "archive".equals(resource.attribute("tier"))
                  ? "ebs_snapshot_archive"
                  : "ebs_snapshot");
      case "elastic_ip" -> Optional.of(Money.usd(price("public_ipv4_hour") * HOURS));
      case "nat_gateway" ->
          "available".equals(resource.state())
              ? Optional.of(Money.usd(price("nat_gateway_hour") * HOURS))
              : Optional.of(Money.ZERO);
      case "load_balancer" -> Optional.of(Money.usd(price("load_balancer_hour") * HOURS));
      case "rds_instance" -> database(resource);
      case "rds_snapshot" -> sized(resource, "rds_snapshot");
      case "log_group" ->
          Optional.of(Money.usd(resource.number("stored_bytes", 0) / 1e9 * price("logs_storage")));
      default -> Optional.empty();
    };
  }

  /** A type or a size that is not known has no price, and is not taken for another. */
  private Optional<Money> knownVolume(Resource volume) {
    String type = volume.attribute("volume_type");
    boolean known =
        type != null
            && book.path("prices").has("ebs_" + type)
            && volume.attribute("size_gb") != null
            && (!type.startsWith("io") || volume.attribute("iops") != null);
    return known ? Optional.of(volume(volume)) : Optional.empty();
  }

  private Optional<Money> sized(Resource resource, String price) {
    return resource.attribute("size_gb") == null
        ? Optional.empty()
        : Optional.of(Money.usd(resource.number("size_gb", 0) * price(price)));
  }

  /** A month of the database's instance hours while it runs, without its storage. */
  public Optional<Money> databaseHours(Resource database) {
    // The book's prices are PostgreSQL's, and other engines have their own.
    if (!"postgres".equals(database.attribute("engine"))) return Optional.empty();
    return databaseHour(Optional.ofNullable(database.attribute("instance_class")).orElse(""))
        .map(hour -> Money.usd(hour * HOURS * copies(database)));
  }

  /** A month of the database's storage. */
  public Optional<Money> databaseStorage(Resource database) {
    return sized(database, "rds_storage").map(storage -> storage.times(copies(database)));
  }

  private static double copies(Resource database) {
    return database.flag("multi_az") ? 2 : 1;
  }

  private Optional<Money> database(Resource database) {
    Optional<Money> storage = databaseStorage(database);
    if ("stopped".equals(database.state())) return storage;
    return databaseHours(database).flatMap(hours -> storage.map(hours::plus));
  }
}
