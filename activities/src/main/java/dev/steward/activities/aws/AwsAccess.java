package dev.steward.activities.aws;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.steward.model.Json;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Clients for customers' accounts, made once per account, region and service over one shared HTTP
 * client.
 */
public final class AwsAccess implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(25);
  private static final Duration ATTEMPT = Duration.ofSeconds(15);

  /** One quick second try; patience is Temporal's, so that retries do not multiply. */
  private static final int READING_ATTEMPTS = 2;

  /** Customers see this name in their CloudTrail. */
  private static final String SESSION = "steward";

  private final Store store;
  private final Secrets secrets;
  private final AwsSettings settings;
  private final CallLimiter limiter;
  private final SdkHttpClient http =
      ApacheHttpClient.builder()
          .maxConnections(100)
          .connectionTimeout(Duration.ofSeconds(5))
          .socketTimeout(ATTEMPT)
          .build();
  private final AwsCredentialsProvider platform = DefaultCredentialsProvider.builder().build();
  private final StsClient sts;
  private final Cache<String, AutoCloseable> clients =
      CacheBuilder.newBuilder()
          .maximumSize(1_000)
          .expireAfterAccess(Duration.ofMinutes(30))
          .<String, AutoCloseable>removalListener(gone -> close(gone.getValue()))
          .build();
  private final Map<String, AwsCredentialsProvider> sessions =
      new java.util.concurrent.ConcurrentHashMap<>();

  public AwsAccess(Store store, Secrets secrets, AwsSettings settings, CallLimiter limiter) {
    this.store = store;
    this.secrets = secrets;
    this.settings = settings;
    this.limiter = limiter;
    this.sts =
        configure(
                StsClient.builder(),
                "platform",
                settings.homeRegion(),
                platform,
                READING_ATTEMPTS,
                List.of())
            .build();
  }

  public AwsSettings settings() {
    return settings;
  }

  public CallLimiter limiter() {
    return limiter;
  }

  /** The client of this kind for the account and region. */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable>
      C client(Connection connection, String region, Class<C> type, Supplier<B> builder) {
    try {
      String key = connection.owner() + "/" + region + "/" + type.getName();
      return type.cast(
          clients.get(
              key,
              () ->
                  configure(
                          builder.get(),
                          connection.limited(),
                          region,
                          session(connection),
                          connection.acts() ? 1 : READING_ATTEMPTS,
                          List.of(new ForgetExpired(connection.owner())))
                      .build()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot make a client for " + region, e);
    }
  }

  /**
   * Assumes the role once, past every cache.
   *
   * @throws SdkException if AWS refuses or does not answer
   */
  public AwsCredentials assume(Connection connection) {
    Credentials got = sts.assumeRole(request(connection)).credentials();
    return AwsSessionCredentials.create(
        got.accessKeyId(), got.secretAccessKey(), got.sessionToken());
  }

  /** The account that credentials belong to, as AWS says. */
  public String accountOf(AwsCredentials credentials) {
    try (StsClient asked =
        configure(
                StsClient.builder(),
                "platform",
                settings.homeRegion(),
                StaticCredentialsProvider.create(credentials),
                READING_ATTEMPTS,
                List.of())
            .build()) {
      return asked.getCallerIdentity().account();
    }
  }

  /** The platform's own identity, or null while AWS cannot be asked. */
  public @Nullable String principal() {
    try {
      return sts.getCallerIdentity().arn();
    } catch (SdkException unreachable) {
      return null;
    }
  }

  /** The credentials sealed for a connection by access keys. */
  public AwsCredentials keys(Connection connection) {
    if (connection.keys() == null)
      throw new IllegalStateException("the connection has no access keys");
    AccessKeys keys = Json.read(secrets.open(store.state(), connection.keys()), AccessKeys.class);
    return keys.sessionToken() == null
        ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
        : AwsSessionCredentials.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }

  /**
   * Drops the sessions and clients of an account: it was disconnected, or its session has expired.
   */
  public void forget(String owner) {
    for (String known : List.copyOf(sessions.keySet())) {
      if (!known.equals(owner) && !known.startsWith(owner + "/")) continue;
      AwsCredentialsProvider session = sessions.remove(known);
      if (session instanceof AutoCloseable closeable) close(closeable);
    }
    clients.asMap().keySet().removeIf(key -> key.startsWith(owner + "/"));
  }

  private AwsCredentialsProvider session(Connection connection) {
    return sessions.computeIfAbsent(
        connection.owner(),
        owner ->
            connection.keys() != null
                ? StaticCredentialsProvider.create(keys(connection))
                : StsAssumeRoleCredentialsProvider.builder()
                    .stsClient(sts)
                    .refreshRequest(request(connection))
                    .build());
  }

  /** The session may do what the connection is for and nothing else, whatever the role grants. */
  private static AssumeRoleRequest request(Connection connection) {
    return AssumeRoleRequest.builder()
        .roleArn(connection.roleArn())
        .roleSessionName(SESSION + "-" + connection.organization())
        .externalId(connection.externalId())
        .durationSeconds(3_600)
        .policy(
            Json.text(
                Map.of(
                    "Version",
                    "2012-10-17",
                    "Statement",
                    List.of(
                        Map.of(
                            "Effect", "Allow", "Resource", "*", "Action", connection.actions())))))
        .build();
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(
      B builder,
      String owner,
      String region,
      AwsCredentialsProvider credentials,
      int attempts,
      List<ExecutionInterceptor> interceptors) {
    builder.httpClient(http).region(Region.of(region)).credentialsProvider(credentials);
    if (settings.endpoint() != null) builder.endpointOverride(settings.endpoint());
    if (settings.endpoint() != null && builder instanceof S3BaseClientBuilder<?, ?> s3)
      s3.forcePathStyle(true);
    return builder.overrideConfiguration(config -> {
      config.apiCallTimeout(CALL).apiCallAttemptTimeout(ATTEMPT);
      config.retryStrategy(
          AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(attempts).build());
      config.addExecutionInterceptor(limiter.of(owner));
      interceptors.forEach(config::addExecutionInterceptor);
    });
  }

  private static void close(@Nullable AutoCloseable client) {
    try {
      if (client != null) client.close();
    } catch (Exception e) {
      throw new IllegalStateException("a client did not close", e);
    }
  }

  @Override
  public void close() {
    clients.invalidateAll();
    sts.close();
    http.close();
  }

  /** A session that AWS calls expired is dropped, so that the next try opens a new one. */
  private final class ForgetExpired implements ExecutionInterceptor {
    private final String owner;

    ForgetExpired(String owner) {
      this.owner = owner;
    }

    @Override
    public void onExecutionFailure(
        Context.FailedExecution context, ExecutionAttributes attributes) {
      if (AwsError.of(context.exception()) == AwsError.EXPIRED) forget(owner);
    }
  }
}
