package dev.steward.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that must start, or be told something, stored together with the change that causes it
 * and deleted once Temporal has it.
 *
 * @param workflowId the business id: starting it twice is starting it once
 * @param workflowType empty where nothing is started
 * @param signal the signal to send to the running workflow, which is started first where a type is
 *     given; null to start it only
 */
@Copied
public record Intent(
    IntentId id,
    String workflowType,
    String workflowId,
    @Nullable String signal,
    JsonNode input,
    @Nullable String organization,
    @Nullable String account,
    int attempts,
    @Nullable String lastError,
    Instant createdAt) {
  public Intent failed(String error) {
    return IntentBuilder.builder(this).attempts(attempts + 1).lastError(error).build();
  }
}
