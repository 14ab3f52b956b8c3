package dev.steward.storage;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.steward.model.AccountId;
import dev.steward.model.Differences;
import dev.steward.model.Json;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.model.ResourceDifference;
import dev.steward.model.ScanId;
import dev.steward.model.Undecided;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Inventory and metric evidence, kept per account, region and kind so that memory grows with chunks
 * and not with resources.
 */
public final class Chunks {
  private Chunks() {}

  public static String inventoryKey(AccountId account, String region, String kind) {
    return account.value() + "/inventory/" + region + "/" + kind;
  }

  /** Pages of a listing that is not finished. */
  public static String pageKey(AccountId account, String region, String kind, int page) {
    return pagePrefix(account, region, kind) + String.format(java.util.Locale.ROOT, "%06d", page);
  }

  public static String pagePrefix(AccountId account, String region, String kind) {
    return account.value() + "/page/" + region + "/" + kind + "/";
  }

  public static String metricsKey(AccountId account, String region, String kind) {
    return metricsPrefix(account) + region + "/" + kind;
  }

  public static String metricsPrefix(AccountId account) {
    return account.value() + "/metrics/";
  }

  /**
   * A chunk as it is kept. It is packed before the write that puts it, for all other writes wait
   * for that one.
   *
   * @param same whether the body was kept already when it was packed
   */
  public record Packed(Chunk chunk, byte[] body, boolean same) {
    public void put(Transaction transaction) {
      if (same && transaction.find(Tables.CHUNKS, chunk.key()).isPresent())
        transaction.put(Tables.CHUNKS, chunk);
      else transaction.put(Tables.CHUNKS, chunk, body);
    }

    /** What is kept already need not be written again. */
    public Packed over(State state) {
      return new Packed(
          chunk,
          body,
          state
              .body(Tables.CHUNKS, chunk.key())
              .filter(kept -> Arrays.equals(kept, body))
              .isPresent());
    }
  }

  public static Packed packResources(
      String key, AccountId account, String run, List<Resource> resources, Money cost) {
    return new Packed(new Chunk(key, account, run, resources.size(), cost), pack(resources), false);
  }

  public static List<Resource> resources(State state, String key) {
    return state
        .body(Tables.CHUNKS, key)
        .map(body -> unpack(body, new TypeReference<List<Resource>>() {}))
        .orElse(List.of());
  }

  /** Every resource of the account, chunk by chunk. */
  public static List<Resource> inventory(State state, AccountId account) {
    List<Resource> all = new ArrayList<>();
    state
        .rows(Tables.CHUNKS)
        .startingWith(account.value() + "/inventory/")
        .forEach(chunk -> all.addAll(resources(state, chunk.key())));
    return all;
  }

  /** The chunks of the account's inventory; their keys tell region and kind. */
  public static Stream<Chunk> parts(Own own, AccountId account) {
    return own.under(Tables.ACCOUNTS, account.value(), Tables.CHUNKS)
        .filter(chunk -> chunk.key().startsWith(account.value() + "/inventory/"));
  }

  /** Series by resource id and metric id, oldest first; NaN where there was no datapoint. */
  public static Packed packMetrics(
      String key, AccountId account, String run, Map<String, Map<String, double[]>> series) {
    return new Packed(new Chunk(key, account, run, series.size(), Money.ZERO), pack(series), false);
  }

  public static Map<String, Map<String, double[]>> metrics(State state, String key) {
    return state
        .body(Tables.CHUNKS, key)
        .map(body -> unpack(body, new TypeReference<Map<String, Map<String, double[]>>>() {}))
        .orElse(Map.of());
  }

  /** What the account's newest scan asked about because it was in doubt, with the answers. */
  public static String doubtsKey(AccountId account) {
    return account.value() + "/doubts";
  }

  /** The series that it asked for because of them, by region, kind and resource. */
  public static String doubtMetricsKey(AccountId account) {
    return account.value() + "/doubt-metrics";
  }

  public static String undecidedKey(AccountId account) {
    return account.value() + "/undecided";
  }

  /** What the account's newest scan could not decide. */
  public static Packed packUndecided(AccountId account, ScanId scan, List<Undecided> undecided) {
    return new Packed(
        new Chunk(undecidedKey(account), account, scan.value(), undecided.size(), Money.ZERO),
        pack(undecided),
        false);
  }

  public static List<Undecided> undecided(State state, AccountId account) {
    return state
        .body(Tables.CHUNKS, undecidedKey(account))
        .map(body -> unpack(body, new TypeReference<List<Undecided>>() {}))
        .orElse(List.of());
  }

  /** The row of what a listing found otherwise, with it behind. */
  public record PackedDifferences(Differences row, byte[] body) {
    public void put(Transaction transaction) {
      transaction.put(Tables.DIFFERENCES, row, body);
    }
  }

  public static PackedDifferences packDifferences(Differences row, List<ResourceDifference> all) {
    return new PackedDifferences(row, pack(all));
  }

  public static List<ResourceDifference> differences(State state, Differences row) {
    return state
        .body(Tables.DIFFERENCES, row.key())
        .map(body -> unpack(body, new TypeReference<List<ResourceDifference>>() {}))
        .orElse(List.of());
  }

  private static byte[] pack(Object value) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(Json.bytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static <T> T unpack(byte[] body, TypeReference<T> type) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return Json.MAPPER.readValue(gzip, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
