package dev.steward.estate.price;

import java.math.BigDecimal;
import java.time.LocalDate;

/** A price in a book, whatever it is of. */
public record PriceEntry(BigDecimal usd, LocalDate date, String source) {}
