package dev.steward.testing;

import dev.steward.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/** The administrator of an emulated account, who may do anything in it and at any time. */
public final class Customer implements AutoCloseable {
  private final URI emulator;
  private final String account;
  private final SdkHttpClient http = ApacheHttpClient.builder().maxConnections(20).build();
  private final Map<String, AutoCloseable> clients = new HashMap<>();
  private @Nullable Instant clock;

  /**
   * @param account 12 digits
   */
  public Customer(URI emulator, String account) {
    this.emulator = emulator;
    this.account = account;
  }

  public String account() {
    return account;
  }

  /** What is done from now on happens at this time; null for the present. */
  public void at(@Nullable Instant time) {
    clock = time;
  }

  /** A client of this kind for the region. */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable>
      C client(String region, Class<C> type, Supplier<B> builder) {
    return type.cast(
        clients.computeIfAbsent(region + type.getName(), key -> build(region, builder.get())));
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable>
      C build(String region, B builder) {
    builder
        .httpClient(http)
        .endpointOverride(emulator)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("PLATFORMadministrator", "emulated")))
        .overrideConfiguration(c -> c.addExecutionInterceptor(new AsOwner()));
    if (builder instanceof S3BaseClientBuilder<?, ?> s3) s3.forcePathStyle(true);
    return builder.build();
  }

  /**
   * Makes a resource of a kind that carries the tag {@code steward: keep}, and returns its id;
   * {@code made.py} says how.
   */
  public String make(String kind, String region) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      Map<String, String> what = Map.of("kind", kind, "account", account, "region", region);
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(emulator.resolve("/_emulator/made"))
                  .POST(HttpRequest.BodyPublishers.ofString(Json.text(what)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200)
        throw new IllegalArgumentException(kind + " was not made: " + answer.body());
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Deploys a CloudFormation template and returns the outputs of its stack. */
  public Map<String, String> deploy(String name, String template) {
    CloudFormationClient client =
        client("us-east-1", CloudFormationClient.class, CloudFormationClient::builder);
    client.createStack(r ->
        r.stackName(name).templateBody(template).capabilities(Capability.CAPABILITY_NAMED_IAM));
    Map<String, String> outputs = new HashMap<>();
    client
        .describeStacks(r -> r.stackName(name))
        .stacks()
        .getFirst()
        .outputs()
        .forEach(o -> outputs.put(o.outputKey(), o.outputValue()));
    return outputs;
  }

  /** Makes a role with this trust policy and returns its ARN. */
  public String role(String name, String trustPolicy) {
    IamClient iam = client("us-east-1", IamClient.class, IamClient::builder);
    return iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(trustPolicy)).role().arn();
  }

  /** Makes a user with access keys: the id, then the secret. */
  public Map.Entry<String, String> accessKeys(String user) {
    IamClient iam = client("us-east-1", IamClient.class, IamClient::builder);
    iam.createUser(r -> r.userName(user));
    var key = iam.createAccessKey(r -> r.userName(user)).accessKey();
    return Map.entry(key.accessKeyId(), key.secretAccessKey());
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable client : clients.values()) client.close();
    http.close();
  }

  private final class AsOwner implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      return context
          .httpRequest()
          .copy(request -> {
            request.putHeader("x-moto-account-id", account);
            if (clock != null) request.putHeader("x-emulator-clock", clock.toString());
          });
    }
  }
}
