package dev.steward.storage;

import org.eclipse.serializer.persistence.binary.types.AbstractBinaryHandlerCustomValueVariableLength;
import org.eclipse.serializer.persistence.binary.types.Binary;
import org.eclipse.serializer.persistence.types.PersistenceLoadHandler;
import org.eclipse.serializer.persistence.types.PersistenceStoreHandler;

/** Stores a {@link Row}'s bytes inside its own entity rather than as a second one. */
final class RowHandler extends AbstractBinaryHandlerCustomValueVariableLength<Row, Integer> {
  RowHandler() {
    super(Row.class, CustomFields(bytes("value")));
  }

  @Override
  public void store(Binary data, Row row, long objectId, PersistenceStoreHandler<Binary> handler) {
    byte[] bytes = row.bytes;
    if (bytes == null) throw new IllegalStateException("a row is stored without its bytes");
    data.store_bytes(typeId(), objectId, bytes);
  }

  @Override
  public Row create(Binary data, PersistenceLoadHandler handler) {
    return new Row(data.build_bytes());
  }

  @Override
  public Integer getValidationStateFromInstance(Row row) {
    return 0;
  }

  @Override
  public Integer getValidationStateFromBinary(Binary data) {
    return 0;
  }
}
