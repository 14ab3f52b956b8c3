package dev.steward.app;

import dev.steward.workflows.Attributes;
import dev.steward.workflows.Messages;
import dev.steward.workflows.Seal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.namespace.v1.NamespaceConfig;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.UpdateNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.converter.DataConverter;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The clients of a Temporal server, and what the server must have before we work with it. */
final class TemporalLink implements AutoCloseable {
  private static final Duration RETENTION = Duration.ofDays(30);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final ScheduleClient schedules;
  private final String namespace;

  TemporalLink(String address, String namespace, boolean tls, String apiKey, Seal seal) {
    this.namespace = namespace;
    WorkflowServiceStubsOptions.Builder options =
        WorkflowServiceStubsOptions.newBuilder().setTarget(address);
    if (tls || !apiKey.isEmpty()) options.setEnableHttps(true);
    if (!apiKey.isEmpty()) options.addApiKey(() -> apiKey);
    this.stubs = WorkflowServiceStubs.newServiceStubs(options.build());
    DataConverter converter = Messages.sealed(seal);
    this.client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(converter)
                .setIdentity("steward@" + ProcessHandle.current().pid())
                .build());
    this.schedules =
        ScheduleClient.newInstance(
            stubs,
            ScheduleClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(converter)
                .build());
  }

  WorkflowClient client() {
    return client;
  }

  ScheduleClient schedules() {
    return schedules;
  }

  /** Whether the server answers now. */
  boolean answers() {
    try {
      return stubs
          .blockingStub()
          .withDeadlineAfter(2, TimeUnit.SECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
          .isInitialized();
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  /**
   * Makes the namespace and its search attributes what they must be; may be done again and again.
   *
   * @throws StatusRuntimeException while the server cannot be reached
   * @throws StartException if a search attribute is there with another type, which no server
   *     changes
   */
  void prepare(boolean ownServer) {
    ensureNamespace(ownServer);
    ensureAttributes();
  }

  private void ensureNamespace(boolean ownServer) {
    com.google.protobuf.Duration retention =
        com.google.protobuf.Duration.newBuilder().setSeconds(RETENTION.toSeconds()).build();
    com.google.protobuf.Duration kept = com.google.protobuf.Duration.getDefaultInstance();
    try {
      kept =
          stubs
              .blockingStub()
              .describeNamespace(
                  DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build())
              .getConfig()
              .getWorkflowExecutionRetentionTtl();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) throw e;
      stubs
          .blockingStub()
          .registerNamespace(
              RegisterNamespaceRequest.newBuilder()
                  .setNamespace(namespace)
                  .setWorkflowExecutionRetentionPeriod(retention)
                  .build());
    }
    // A server that is not ours keeps the retention that its operators chose.
    if (ownServer && !kept.equals(retention))
      stubs
          .blockingStub()
          .updateNamespace(
              UpdateNamespaceRequest.newBuilder()
                  .setNamespace(namespace)
                  .setConfig(
                      NamespaceConfig.newBuilder().setWorkflowExecutionRetentionTtl(retention))
                  .build());
  }

  /** Adding one again with another type is ignored without a word, so they are compared. */
  private void ensureAttributes() {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(stubs.getRawChannel())
                .validateAndBuildWithDefaults());
    ListSearchAttributesRequest list =
        ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build();
    Map<String, IndexedValueType> there =
        operator.blockingStub().listSearchAttributes(list).getCustomAttributesMap();
    AddSearchAttributesRequest.Builder missing =
        AddSearchAttributesRequest.newBuilder().setNamespace(namespace);
    for (SearchAttributeKey<String> attribute : Attributes.ALL) {
      IndexedValueType type = there.get(attribute.getName());
      if (type == null)
        missing.putSearchAttributes(
            attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
      else if (type != IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
        throw new StartException(
            "the search attribute "
                + attribute.getName()
                + " of namespace "
                + namespace
                + " is "
                + type
                + " and must be Keyword; use another namespace");
    }
    if (missing.getSearchAttributesCount() > 0)
      operator.blockingStub().addSearchAttributes(missing.build());
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
