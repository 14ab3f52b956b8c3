package dev.steward.estate;

import dev.steward.estate.price.Item;
import dev.steward.estate.price.Item.DatabaseHour;
import dev.steward.estate.price.Item.Deployment;
import dev.steward.estate.price.Item.LicensedHour;
import dev.steward.estate.price.Item.LicensedSystem;
import dev.steward.estate.price.Item.LinuxHour;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Price;
import dev.steward.estate.price.PriceEdition;
import dev.steward.estate.price.Prices;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Dated list prices in US dollars, by region. Where the book has no price of just what is asked,
 * the answer is empty: no other region's, engine's, system's or type's price stands in for it.
 */
public final class PriceBook {
  private static final PriceBook CURRENT = new PriceBook(Prices.VERSION, PriceEdition.EMPTY);

  private static final Map<String, Unit> VOLUMES =
      Map.of(
          "gp2", Unit.EBS_GP2,
          "gp3", Unit.EBS_GP3,
          "io1", Unit.EBS_IO1,
          "io2", Unit.EBS_IO2,
          "st1", Unit.EBS_ST1,
          "sc1", Unit.EBS_SC1,
          "standard", Unit.EBS_STANDARD);

  private final Supplier<Known> known;

  private record Known(String version, PriceEdition edition) {}

  private PriceBook(String version, PriceEdition edition) {
    Known one = new Known(version, edition);
    known = () -> one;
  }

  private PriceBook(Supplier<PriceBook> newest) {
    known = () -> newest.get().known.get();
  }

  /** The book that comes with this version. */
  public static PriceBook current() {
    return CURRENT;
  }

  /**
   * With prices that were asked of AWS over those that come with this version.
   *
   * @param edition names them
   */
  public static PriceBook of(String edition, PriceEdition prices) {
    return new PriceBook(Prices.VERSION + "+" + edition, prices);
  }

  /** Whichever is the newest at the time. */
  public static PriceBook following(Supplier<PriceBook> newest) {
    return new PriceBook(newest);
  }

  /** The one that is the newest now: whoever names a book in what it says stays with one. */
  public PriceBook settled() {
    Known now = known.get();
    return new PriceBook(now.version(), now.edition());
  }

  /** Another one with any other price, so that what names it can be told from what it said. */
  public String version() {
    return known.get().version();
  }

  /** What the item costs in the region; empty where the book does not say. */
  public Optional<Price> price(String region, Item item) {
    return find(region, item)
        .or(() ->
            Partition.ofRegion(region) == Partition.AWS
                ? find(Price.COMMERCIAL, item)
                : Optional.empty());
  }

  /** Of the two the newer one, and what was asked of AWS where they are of one day. */
  private Optional<Price> find(String region, Item item) {
    Optional<Price> asked = known.get().edition().find(item, region);
    Optional<Price> shipped = Prices.find(item, region);
    if (asked.isEmpty() || shipped.isEmpty()) return asked.or(() -> shipped);
    return asked.get().date().isBefore(shipped.get().date()) ? shipped : asked;
  }

  /** An hour of an instance type: Linux, on demand, on shared hardware. */
  public Optional<Price> instanceHour(String region, String type) {
    return price(region, new LinuxHour(type));
  }

  /** A month of hours of what is beside the resource or is the resource. */
  public Optional<Quote> hours(Resource resource, Unit hour) {
    return price(resource.region(), hour).map(Quote::hours);
  }

  /** So many units a month of what is beside the resource or is the resource. */
  public Optional<Quote> units(Resource resource, Unit unit, double units) {
    return price(resource.region(), unit).map(price -> Quote.of(price, units));
  }

  /** A month of the instance's hours while it runs. */
  public Optional<Quote> instanceHours(Resource instance) {
    String type = String.valueOf(instance.attribute("instance_type"));
    return paysLinuxHours(instance)
        ? instanceHour(instance.region(), type).map(Quote::hours)
        : licensedHours(instance, type);
  }

  private Optional<Quote> licensedHours(Resource instance, String type) {
    if (!paysOnDemand(instance)) return Optional.empty();
    for (LicensedSystem system : LicensedSystem.values())
      if (system.platform().equals(instance.attribute("platform")))
        return price(instance.region(), new LicensedHour(system, type)).map(Quote::hours);
    return Optional.empty();
  }

  /**
   * Whether the book's prices of types are those that it pays. Windows and other systems with
   * licences, Spot, dedicated hardware and Local Zones have others, which it does not have.
   */
  public static boolean paysLinuxHours(Resource instance) {
    return "Linux/UNIX".equals(instance.attribute("platform")) && paysOnDemand(instance);
  }

  private static boolean paysOnDemand(Resource instance) {
    return "on-demand".equals(instance.attribute("lifecycle"))
        && "default".equals(instance.attribute("tenancy"))
        && isInRegion(instance);
  }

  /**
   * Whether it pays the region's prices: Local and Wavelength Zones, such as {@code
   * us-west-2-lax-1a}, have their own (EC2 user guide, Regions and Zones).
   */
  private static boolean isInRegion(Resource resource) {
    String zone = resource.attribute("zone");
    return zone == null || zone.matches(resource.region() + "[a-z]");
  }

  /** A month of the public address that AWS gave the instance by itself, if it did. */
  public Optional<Quote> automaticAddress(Resource instance) {
    return Optional.ofNullable(instance.attribute("automatic_address"))
        .flatMap(address ->
            address.equals("none")
                ? Optional.of(Quote.NOTHING)
                : hours(instance, Unit.PUBLIC_IPV4_HOUR));
  }

  public Optional<Quote> running(Resource instance) {
    return instanceHours(instance).flatMap(hours -> automaticAddress(instance).map(hours::plus));
  }

  /** Nothing in another state; unknown where the state is not known. */
  public static Optional<Quote> whileIn(
      String state, Resource resource, Function<Resource, Optional<Quote>> price) {
    if (resource.state() == null) return Optional.empty();
    return state.equals(resource.state()) ? price.apply(resource) : Optional.of(Quote.NOTHING);
  }

  /**
   * A month of the volume: size, and the IOPS and throughput paid beyond what is included. Requests
   * of magnetic ones are not in it.
   */
  public Optional<Quote> volume(Resource volume) {
    String type = String.valueOf(volume.attribute("volume_type"));
    Unit size = VOLUMES.get(type);
    if (size == null || !isInRegion(volume)) return Optional.empty();
    Optional<Quote> space = sized(volume, size);
    return switch (type) {
      case "gp3" ->
          space
              .flatMap(all -> more(all, volume, "iops", 3_000, Unit.GP3_IOPS))
              .flatMap(all -> more(all, volume, "throughput", 125, Unit.GP3_THROUGHPUT));
      case "io1" -> space.flatMap(all -> more(all, volume, "iops", 0, Unit.IO1_IOPS));
      case "io2" -> space.flatMap(all -> tiers(all, volume));
      default -> space;
    };
  }

  /** With what is provisioned beyond what is included; empty where AWS did not tell how much. */
  private Optional<Quote> more(
      Quote space, Resource volume, String attribute, double included, Unit unit) {
    return amount(volume, attribute)
        .flatMap(has -> more(space, volume.region(), unit, Math.max(0, has - included)));
  }

  private Optional<Quote> more(Quote all, String region, Unit unit, double units) {
    if (units == 0) return Optional.of(all);
    return price(region, unit).map(price -> all.plus(Quote.of(price, units)));
  }

  private Optional<Quote> tiers(Quote space, Resource volume) {
    String region = volume.region();
    return amount(volume, "iops")
        .flatMap(iops ->
            more(space, region, Unit.IO2_IOPS, Math.min(iops, 32_000))
                .flatMap(all ->
                    more(all, region, Unit.IO2_IOPS_TIER2, Math.clamp(iops - 32_000, 0, 32_000)))
                .flatMap(
                    all -> more(all, region, Unit.IO2_IOPS_TIER3, Math.max(0, iops - 64_000))));
  }

  /** A month of so many gigabytes as the resource has; empty where its size is not known. */
  public Optional<Quote> sized(Resource resource, Unit unit) {
    return sized(resource, resource.region(), unit);
  }

  /** The same of as much in another region. */
  public Optional<Quote> sized(Resource resource, String region, Unit unit) {
    return amount(resource, "size_gb")
        .flatMap(size -> price(region, unit).map(price -> Quote.of(price, size)));
  }

  private static Optional<Double> amount(Resource resource, String attribute) {
    double value = resource.number(attribute, Double.NaN);
    return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
  }

  /** A month of the snapshot, at most its whole size; empty where its tier is not known. */
  public Optional<Quote> snapshot(Resource snapshot) {
    return switch (String.valueOf(snapshot.attribute("tier"))) {
      case "standard" -> sized(snapshot, Unit.EBS_SNAPSHOT);
      case "archive" -> sized(snapshot, Unit.EBS_SNAPSHOT_ARCHIVE);
      default -> Optional.empty();
    };
  }

  public Optional<Quote> balancer(Resource balancer) {
    return switch (String.valueOf(balancer.attribute("type"))) {
      case "application", "network" -> hours(balancer, Unit.LOAD_BALANCER_HOUR);
      case "gateway" -> hours(balancer, Unit.GATEWAY_LOAD_BALANCER_HOUR);
      default -> Optional.empty();
    };
  }

  public Optional<Quote> logs(Resource group) {
    return amount(group, "stored_bytes")
        .flatMap(bytes ->
            price(group.region(), Unit.LOGS_STORAGE).map(price -> Quote.of(price, bytes / 1e9)));
  }

  /** A month of the database's instance hours while it runs, without its storage. */
  public Optional<Quote> databaseHours(Resource database) {
    return deployment(database)
        .flatMap(deployment ->
            price(
                database.region(),
                new DatabaseHour(
                    String.valueOf(database.attribute("engine")),
                    deployment,
                    String.valueOf(database.attribute("instance_class")))))
        .map(Quote::hours);
  }

  /**
   * Members of Aurora's clusters are paid one by one wherever they are; those on storage with I/O
   * included cost more, and members of other engines' clusters have prices of their own.
   */
  private static Optional<Deployment> deployment(Resource database) {
    if (isAurora(database))
      return "aurora".equals(database.attribute("storage_type"))
          ? Optional.of(Deployment.SINGLE_AZ)
          : Optional.empty();
    if (database.attribute("cluster") != null || database.attribute("multi_az") == null)
      return Optional.empty();
    return Optional.of(database.flag("multi_az") ? Deployment.MULTI_AZ : Deployment.SINGLE_AZ);
  }

  private static boolean isAurora(Resource database) {
    return String.valueOf(database.attribute("engine")).startsWith("aurora");
  }

  /** A month of the database's storage. */
  public Optional<Quote> databaseStorage(Resource database) {
    // Its cluster's.
    if (isAurora(database)) return Optional.of(Quote.NOTHING);
    String type = String.valueOf(database.attribute("storage_type"));
    // Provisioned IOPS and magnetic storage have prices of their own.
    if (!type.equals("gp2") && !type.equals("gp3")) return Optional.empty();
    if (type.equals("gp3") && mayPayForSpeed(database)) return Optional.empty();
    if (database.attribute("multi_az") == null) return Optional.empty();
    return sized(
        database, database.flag("multi_az") ? Unit.RDS_STORAGE_MULTI_AZ : Unit.RDS_STORAGE);
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

  public Optional<Quote> database(Resource database) {
    if (database.state() == null) return Optional.empty();
    Optional<Quote> storage = databaseStorage(database);
    if ("stopped".equals(database.state())) return storage;
    return databaseHours(database).flatMap(hours -> storage.map(hours::plus));
  }
}
