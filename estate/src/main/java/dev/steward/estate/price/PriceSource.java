package dev.steward.estate.price;

import dev.steward.estate.price.Item.Family;
import java.time.LocalDate;

/**
 * Where prices of a book are from.
 *
 * @param prices how many
 */
public record PriceSource(Family family, LocalDate date, String source, int prices) {}
