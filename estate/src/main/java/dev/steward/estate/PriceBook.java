package dev.steward.estate;

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
import java.util.function.Function;

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
    JsonNode price = book.path("ec2_hour").path(type);
    return price.isNumber() ? Optional.of(price.asDouble()) : Optional.empty();
  }

  /** Every instance type that has a price. */
  public List<String> instanceTypes() {
    List<String> types = new ArrayList<>();
    book.path("ec2_hour").fieldNames().forEachRemaining(types::add);
    return types;
  }

  /** A month of hours at a price by name. */
  public Money hours(String price) {
    return Money.usd(price(price) * HOURS);
  }

  /** A month of the instance's hours while it runs. */
  public Optional<Money> instanceHours(Resource instance) {
    // The book has Linux on demand on shared hardware; others are dearer or cheaper.
    if (!"on-demand".equals(instance.attribute("lifecycle"))
        || !"Linux/UNIX".equals(instance.attribute("platform"))
        || !"default".equals(instance.attribute("tenancy"))) return Optional.empty();
    return instanceHour(Optional.ofNullable(instance.attribute("instance_type")).orElse(""))
        .map(hour -> Money.usd(hour * HOURS));
  }

  /** A month of the public address that AWS gave the instance by itself, if it did. */
  public Optional<Money> automaticAddress(Resource instance) {
    return Optional.ofNullable(instance.attribute("automatic_address"))
        .map(address -> address.equals("none") ? Money.ZERO : hours("public_ipv4_hour"));
  }

  public Optional<Money> running(Resource instance) {
    return instanceHours(instance).flatMap(hours -> automaticAddress(instance).map(hours::plus));
  }

  /** Nothing in another state; unknown where the state is not known. */
  public static Optional<Money> whileIn(
      String state, Resource resource, Function<Resource, Optional<Money>> price) {
    if (resource.state() == null) return Optional.empty();
    return state.equals(resource.state()) ? price.apply(resource) : Optional.of(Money.ZERO);
  }

  /** A month of the volume: size, and the IOPS and throughput paid beyond what is included. */
  public Optional<Money> volume(Resource volume) {
    String type = volume.attribute("volume_type");
    if (type == null || !book.path("prices").has("ebs_" + type)) return Optional.empty();
    double iops = volume.number("iops", Double.NaN);
    if (type.startsWith("io") && Double.isNaN(iops)) return Optional.empty();
    double extra =
        switch (type) {
          case "gp3" ->
              Math.max(0, volume.number("iops", 3_000) - 3_000) * price("gp3_iops")
                  + Math.max(0, volume.number("throughput", 125) - 125) * price("gp3_throughput");
          case "io1" -> iops * price("io_iops");
          case "io2" ->
              Math.min(iops, 32_000) * price("io_iops")
                  + Math.clamp(iops - 32_000, 0, 32_000) * price("io2_iops_above_32000")
                  + Math.max(0, iops - 64_000) * price("io2_iops_above_64000");
          default -> 0;
        };
    return sized(volume, "ebs_" + type).map(size -> size.plus(Money.usd(extra)));
  }

  /** A month of so many gigabytes as the resource has; empty where its size is not known. */
  public Optional<Money> sized(Resource resource, String price) {
    double size = resource.number("size_gb", Double.NaN);
    return Double.isNaN(size) ? Optional.empty() : Optional.of(Money.usd(size * price(price)));
  }

  public Optional<Money> balancer(Resource balancer) {
    return switch (Optional.ofNullable(balancer.attribute("type")).orElse("")) {
      case "application", "network" -> Optional.of(hours("load_balancer_hour"));
      case "gateway" -> Optional.of(hours("gateway_load_balancer_hour"));
      default -> Optional.empty();
    };
  }

  public Optional<Money> logs(Resource group) {
    double bytes = group.number("stored_bytes", Double.NaN);
    return Double.isNaN(bytes)
        ? Optional.empty()
        : Optional.of(Money.usd(bytes / 1e9 * price("logs_storage")));
  }

  /** A month of the database's instance hours while it runs, without its storage. */
  public Optional<Money> databaseHours(Resource database) {
    // Members of clusters have prices of their own, and so have one zone and two.
    if (database.attribute("cluster") != null || database.attribute("multi_az") == null)
      return Optional.empty();
    return DatabaseHours.of(
            String.valueOf(database.attribute("engine")),
            String.valueOf(database.attribute("instance_class")),
            database.flag("multi_az"))
        .map(hour -> Money.usd(hour * HOURS));
  }

  /** A month of the database's storage. */
  public Optional<Money> databaseStorage(Resource database) {
    String type = String.valueOf(database.attribute("storage_type"));
    // Provisioned IOPS, Aurora's and magnetic storage have prices of their own.
    if (!type.equals("gp2") && !type.equals("gp3")) return Optional.empty();
    if (type.equals("gp3") && mayPayForSpeed(database)) return Optional.empty();
    if (database.attribute("multi_az") == null) return Optional.empty();
    return sized(database, "rds_storage")
        .map(storage -> storage.times(database.flag("multi_az") ? 2 : 1));
  }

  /**
   * Whether a database on gp3 may have more IOPS or throughput than its size includes, of which the
   * book has no price (Amazon RDS user guide, "gp3 storage",
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage): from a
   * size on its storage is striped and includes more, and below that none can be bought. SQL
   * Server's never is striped, and buys more at every size.
   */
  private static boolean mayPayForSpeed(Resource database) {
    String engine = database.attribute("engine");
    if (engine == null) return true;
    boolean stripes = !engine.contains("sqlserver");
    boolean striped =
        stripes && database.number("size_gb", 0) >= (engine.contains("oracle") ? 200 : 400);
    double untold = stripes && !striped ? 0 : Double.MAX_VALUE;
    return database.number("iops", untold) > (striped ? 12_000 : 3_000)
        || database.number("storage_throughput", untold) > (striped ? 500 : 125);
  }

  public Optional<Money> database(Resource database) {
    if (database.state() == null) return Optional.empty();
    Optional<Money> storage = databaseStorage(database);
    if ("stopped".equals(database.state())) return storage;
    return databaseHours(database).flatMap(hours -> storage.map(hours::plus));
  }
}
