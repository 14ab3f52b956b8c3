package dev.steward.workflows;

import io.temporal.common.converter.DataConverterException;

/** A payload that this installation did not seal for this run, where only such are taken. */
public final class ForeignPayloadException extends DataConverterException {
  private static final long serialVersionUID = 1;

  ForeignPayloadException(Class<?> wanted) {
    super(
        "a "
            + wanted.getSimpleName()
            + " that this installation did not seal for this run is not taken");
  }
}
