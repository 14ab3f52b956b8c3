package dev.steward.storage;

import dev.steward.model.AccountId;
import dev.steward.model.Money;

/**
 * What is eager of a chunk of inventory or of a metric series; the content is the row's lazy body
 * (gzipped JSON).
 *
 * @param key account, region and kind; see {@link Chunks}
 * @param run the discovery or scan that wrote it
 */
public record Chunk(String key, AccountId account, String run, int count, Money monthlyCost) {}
