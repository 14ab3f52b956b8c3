package dev.steward.domain.data;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file as what it is needed as: an id, a time or a number. What its type does
 * not say is not guessed, and bytes are no text unless their type says so (LogicalTypes.md of
 * Apache Parquet).
 */
final class ParquetColumn<T> {
  /** How a value is read, and refused if it is none. */
  interface Reader<T> {
    T read(RowReader rows, String name) throws UnreadableException;
  }

  /** A value that is not what its type says. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String why) {
      super(why);
    }
  }

  private final String name;
  private final Reader<T> reader;

  private ParquetColumn(String name, Reader<T> reader) {
    this.name = name;
    this.reader = reader;
  }

  @Nullable T read(RowReader rows) throws UnreadableException {
    return rows.isNull(name) ? null : reader.read(rows, name);
  }

  /**
   * The column, if its type can be read as that.
   *
   * @param wanted what is needed, by how a type is read as it
   * @param needs the types that it may have, in words
   */
  static <T> Optional<ParquetColumn<T>> of(
      FileSchema schema, String name, Wanted<T> wanted, String needs, Gathering gathering) {
    List<SchemaNode> named =
        schema.getRootNode().children().stream().filter(c -> c.name().equals(name)).toList();
    String at = "column " + name;
    if (named.size() != 1) {
      gathering.wrong(at, named.isEmpty() ? "is missing" : "is there twice");
      return Optional.empty();
    }
    Optional<Reader<T>> reader =
        named.getFirst() instanceof SchemaNode.PrimitiveNode one
                && one.repetitionType() != RepetitionType.REPEATED
            ? wanted.reader(one.type(), one.logicalType())
            : Optional.empty();
    if (reader.isEmpty())
      gathering.wrong(at, "is of type " + type(named.getFirst()) + "; it must be " + needs);
    return reader.map(r -> new ParquetColumn<>(name, r));
  }

  /** Which types can be read as that, and how. */
  interface Wanted<T> {
    Optional<Reader<T>> reader(PhysicalType physical, @Nullable LogicalType logical);
  }

  private static String type(SchemaNode node) {
    return switch (node) {
      case SchemaNode.GroupNode group -> group.isList() ? "list" : group.isMap() ? "map" : "struct";
      case SchemaNode.PrimitiveNode one ->
          one.type() + (one.logicalType() == null ? "" : " " + one.logicalType());
    };
  }

  /** Texts, whole numbers, UUIDs and days are ids; a fraction or a moment is none. */
  static Optional<Reader<String>> id(PhysicalType physical, @Nullable LogicalType logical) {
    return Optional.ofNullable(
        switch (logical) {
          case LogicalType.StringType _, LogicalType.EnumType _, LogicalType.JsonType _ ->
              ParquetColumn::text;
          case LogicalType.IntType type -> (rows, name) -> whole(rows, name, type).toString();
          case LogicalType.UuidType _ -> (rows, name) -> String.valueOf(rows.getUuid(name));
          case LogicalType.DateType _ -> (rows, name) -> String.valueOf(rows.getDate(name));
          case null ->
              isWhole(physical) ? (rows, name) -> whole(rows, name, null).toString() : null;
          default -> null;
        });
  }

  /** Moments, days, and texts that say one. */
  static Optional<Reader<Instant>> time(
      PhysicalType physical, @Nullable LogicalType logical, Gathering gathering) {
    return Optional.ofNullable(
        switch (logical) {
          case LogicalType.TimestampType type when type.isAdjustedToUTC() ->
              (rows, name) -> rows.getTimestamp(name);
          case LogicalType.TimestampType _ -> (rows, name) -> utc(rows.getLocalTimestamp(name));
          case LogicalType.DateType _ ->
              (rows, name) -> rows.getDate(name).atStartOfDay().toInstant(ZoneOffset.UTC);
          case LogicalType.StringType _ ->
              (rows, name) -> gathering.time("column " + name, text(rows, name).strip());
          case null ->
              physical == PhysicalType.INT96 ? (rows, name) -> rows.getTimestamp(name) : null;
          default -> null;
        });
  }

  private static Instant utc(LocalDateTime local) {
    return local.toInstant(ZoneOffset.UTC);
  }

  /** Numbers of every width, with and without sign, decimals and halves. */
  static Optional<Reader<Double>> number(PhysicalType physical, @Nullable LogicalType logical) {
    return Optional.ofNullable(
        switch (logical) {
          case LogicalType.IntType type -> (rows, name) -> whole(rows, name, type).doubleValue();
          case LogicalType.DecimalType _ -> (rows, name) -> rows.getDecimal(name).doubleValue();
          case LogicalType.Float16Type _ -> (rows, name) -> (double) rows.getFloat(name);
          case null ->
              switch (physical) {
                case INT32, INT64 -> (rows, name) -> whole(rows, name, null).doubleValue();
                case FLOAT -> (rows, name) -> (double) rows.getFloat(name);
                case DOUBLE -> (rows, name) -> rows.getDouble(name);
                case BOOLEAN, INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> null;
              };
          default -> null;
        });
  }

  private static boolean isWhole(PhysicalType physical) {
    return physical == PhysicalType.INT32 || physical == PhysicalType.INT64;
  }

  /** As it was written: in 32 or 64 bits, of which the type says whether the first is a sign. */
  private static BigDecimal whole(RowReader rows, String name, LogicalType.@Nullable IntType type)
      throws UnreadableException {
    boolean signed = type == null || type.isSigned();
    return switch (rows.getRawValue(name)) {
      case Integer i -> BigDecimal.valueOf(signed ? i : Integer.toUnsignedLong(i));
      case Long l -> signed ? BigDecimal.valueOf(l) : new BigDecimal(Long.toUnsignedString(l));
      case Object other -> throw new UnreadableException("is no whole number: " + other.getClass());
    };
  }

  private static String text(RowReader rows, String name) throws UnreadableException {
    if (!(rows.getRawValue(name) instanceof byte[] bytes))
      throw new UnreadableException("is no text");
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableException("is no text in UTF-8");
    }
  }
}
