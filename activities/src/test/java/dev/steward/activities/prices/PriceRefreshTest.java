package dev.steward.activities.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.PriceList;
import dev.steward.domain.prices.PriceMaking;
import dev.steward.domain.prices.PriceRefreshes;
import dev.steward.domain.prices.PriceShelf;
import dev.steward.domain.work.Work;
import dev.steward.estate.PriceBook;
import dev.steward.estate.price.Item;
import dev.steward.estate.price.Item.DatabaseHour;
import dev.steward.estate.price.Item.Deployment;
import dev.steward.estate.price.Item.LicensedHour;
import dev.steward.estate.price.Item.LicensedSystem;
import dev.steward.estate.price.Item.LinuxHour;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Price;
import dev.steward.model.Coverage;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.PriceAnswer;
import dev.steward.model.PriceBookEdition;
import dev.steward.model.PriceRefresh;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.PriceRefreshRef;
import dev.steward.storage.Blobs;
import dev.steward.storage.Tables;
import dev.steward.workflows.prices.PricingActivities.Question;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the emulated Price List, with real pages. */
final class PriceRefreshTest {
  private static final OrganizationId ORGANIZATION = new OrganizationId("org_prices0000");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2027-01-02T03:04:05Z"));

  @TempDir static Path folder;
  private static EmulatedAws aws;
  private static PriceShelf shelf;
  private static PriceRefreshes refreshes;
  private static AwsPricingActivities pricing;
  private static StorePriceActivities records;

  @BeforeAll
  static void open() {
    aws = new EmulatedAws(folder, 30, 10_000);
    Blobs blobs = new Blobs(folder.resolve("blobs"));
    shelf = new PriceShelf(aws.store, blobs);
    PriceMaking making = new PriceMaking(aws.store, blobs, shelf, CLOCK);
    Ids ids = Ids.random();
    refreshes = new PriceRefreshes(new Work(ids, CLOCK), ids, CLOCK);
    pricing = new AwsPricingActivities(aws.store, new PriceList(aws.access), making);
    records = new StorePriceActivities(aws.store, making, CLOCK);
  }

  @AfterAll
  static void close() {
    aws.close();
  }

  @AfterEach
  void mend() {
    aws.emulator.spoilPrices(Map.of());
  }

  /** As the workflow does it. */
  private static PriceRefresh refresh() {
    PriceRefresh asked = aws.store.write(t -> refreshes.request(t, ORGANIZATION, "admin"));
    PriceRefreshRef input = PriceRefreshRef.of(asked);
    for (String query : records.begin(input).queries())
      if (pricing.read(new Question(input, query)).refused()) break;
    records.conclude(input);
    return aws.store.state().find(Tables.PRICE_REFRESHES, asked.id().value()).orElseThrow();
  }

  private static PriceAnswer answer(PriceRefresh refresh, String query) {
    return refresh.answers().stream()
        .filter(a -> a.query().equals(query))
        .findFirst()
        .orElseThrow();
  }

  private static Price price(String region, Item item) {
    return shelf.newest().price(region, item).orElseThrow();
  }

  private static PriceBookEdition edition(PriceRefresh refresh) {
    return aws.store.state().find(Tables.PRICE_BOOKS, String.valueOf(refresh.book())).orElseThrow();
  }

  @Test
  void makesABookOfEveryPageThatIsAnswered() {
    PriceRefresh done = refresh();
    assertThat(done.answers()).hasSize(done.queries());
    // 24 types and 7 sizes of another one in each of four regions, and one that is in a Local Zone.
    assertThat(answer(done, "ec2-linux").products()).isEqualTo(4 * (24 + 7) + 1);
    assertThat(answer(done, "ec2-linux").prices()).isEqualTo(4 * (24 + 7));
    assertThat(answer(done, "ec2-linux").ignored()).isEqualTo(Map.of("outside_regions", 1));
    PriceBook book = shelf.newest();
    assertThat(book.version()).endsWith("+" + done.book());
    assertThat(price("eu-central-1", new LinuxHour("m5.large")).row())
        .isEqualTo(
            "ec2-linux-hour m5.large eu-central-1 0.115 USD/hour, 2027-01-02, AWS Price List API"
                + " AmazonEC2");
    assertThat(price("ap-northeast-1", new LicensedHour(LicensedSystem.WINDOWS, "m5.large")).usd())
        .isEqualTo(0.216);
    assertThat(price("eu-central-1", Unit.NAT_GATEWAY_HOUR).usd()).isEqualTo(0.052);
    assertThat(price("eu-central-1", Unit.GP3_THROUGHPUT).usd()).isEqualTo(0.0476);
    assertThat(price("ap-northeast-1", Unit.LOAD_BALANCER_HOUR).usd()).isEqualTo(0.0243);
    assertThat(price("eu-central-1", Unit.DYNAMODB_STORAGE).usd()).isEqualTo(0.306);
    assertThat(price("eu-central-1", Unit.HOSTED_ZONE_MONTH).usd()).isEqualTo(0.5);
    DatabaseHour both = new DatabaseHour("postgres", Deployment.MULTI_AZ, "db.m5.large");
    assertThat(price("eu-central-1", both).usd()).isEqualTo(0.424);
    // What the emulated list does not have stays as the book that comes with the product has it.
    assertThat(price("eu-west-1", new LinuxHour("m5.large")))
        .isEqualTo(PriceBook.current().price("eu-west-1", new LinuxHour("m5.large")).orElseThrow());
    assertThat(done.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(edition(done).doubts()).anyMatch(d -> d.startsWith("ec2-linux: no answer about"));
  }

  @Test
  void saysThatThePlatformMayNotAsk() {
    String before = shelf.newest().version();
    aws.emulator.spoilPrices(Map.of("refused", true));
    PriceRefresh done = refresh();
    assertThat(done.status()).isEqualTo(RunStatus.FAILED);
    assertThat(done.error())
        .isEqualTo(
            "the platform's own credentials may not ask AWS for prices (AccessDeniedException):"
                + " allow them pricing:GetProducts");
    assertThat(done.answers()).extracting(PriceAnswer::coverage).containsExactly(Coverage.DENIED);
    assertThat(shelf.newest().version()).isEqualTo(before);
  }

  @Test
  void keepsWhatCannotBeBelievedAsItWas() {
    refresh();
    aws.emulator.spoilPrices(
        Map.of(
            "prices",
            Map.of(
                "EUC1-NatGateway-Hours", Map.of("USD", "5.2000000000"),
                "NatGateway-Hours", Map.of("USD", "-0.0450000000"),
                "USE2-NatGateway-Hours", Map.of("CNY", "0.3000000000"),
                "APN1-NatGateway-Hours", Map.of("USD", "0.0640000000")),
            "without",
            List.of()));
    PriceRefresh done = refresh();
    assertThat(price("eu-central-1", Unit.NAT_GATEWAY_HOUR).usd()).isEqualTo(0.052);
    assertThat(price("us-east-1", Unit.NAT_GATEWAY_HOUR).usd()).isEqualTo(0.045);
    assertThat(price("us-east-2", Unit.NAT_GATEWAY_HOUR).usd()).isEqualTo(0.045);
    assertThat(price("ap-northeast-1", Unit.NAT_GATEWAY_HOUR).usd()).isEqualTo(0.064);
    assertThat(answer(done, "nat-gateway").ignored())
        .containsEntry("negative", 1)
        .containsEntry("other_currency", 1);
    assertThat(edition(done).doubts())
        .contains("unit nat_gateway_hour eu-central-1: 0.052 would be 5.2 USD");
    assertThat(edition(done).changes())
        .contains("unit nat_gateway_hour ap-northeast-1: 0.062 is 0.064 USD now");
  }

  @Test
  void keepsTheRegionThatIsNotAnswered() {
    refresh();
    aws.emulator.spoilPrices(Map.of("without", List.of("ap-northeast-1")));
    PriceRefresh done = refresh();
    LicensedHour windows = new LicensedHour(LicensedSystem.WINDOWS, "m5.large");
    assertThat(price("ap-northeast-1", windows).usd()).isEqualTo(0.216);
    assertThat(edition(done).doubts()).contains("ec2-windows: no answer about ap-northeast-1");
    assertThat(done.status()).isEqualTo(RunStatus.PARTIAL);
  }

  @Test
  void aBookIsNeverChanged() {
    PriceRefresh first = refresh();
    PriceBookEdition then = edition(first);
    PriceRefresh second = refresh();
    assertThat(second.book()).isGreaterThan(String.valueOf(first.book()));
    assertThat(edition(first)).isEqualTo(then);
    // Once more is once.
    records.conclude(PriceRefreshRef.of(second));
    assertThat(shelf.newest().version()).endsWith("+" + second.book());
  }
}
