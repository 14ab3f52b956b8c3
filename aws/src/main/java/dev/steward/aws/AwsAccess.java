package dev.steward.aws;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steward.aws.CallLimiter.Lane;
import dev.steward.estate.IamPolicy;
import dev.steward.estate.Partition;
import dev.steward.model.Json;
import dev.steward.model.SecretId;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
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
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;
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
  /** With all its attempts and the pauses between them. */
  private static final Duration CALL = Duration.ofMinutes(2);

  private static final Duration ATTEMPT = Duration.ofSeconds(15);

  /** Customers see this name in their CloudTrail. */
  private static final String SESSION = "steward";

  private final Store store;
  private final Secrets secrets;
  private final AwsSettings settings;
  private final CallLimiter limiter;

  /** Connections of their own for who waits: a discovery may hold all of its own. */
  private final Map<Rank, SdkHttpClient> http =
      new EnumMap<>(Map.of(Rank.BULK, connections(), Rank.INTERACTIVE, connections()));

  private final AwsCredentialsProvider platform = DefaultCredentialsProvider.builder().build();
  private final Map<Rank, StsClient> sts = new EnumMap<>(Rank.class);
  private final Cache<String, AutoCloseable> clients =
      Caffeine.newBuilder()
          .maximumSize(1_000)
          .expireAfterAccess(Duration.ofMinutes(30))
          .executor(Runnable::run)
          .<String, AutoCloseable>removalListener((key, gone, why) -> close(gone))
          .build();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  public AwsAccess(Store store, Secrets secrets, AwsSettings settings, CallLimiter limiter) {
    this.store = store;
    this.secrets = secrets;
    this.settings = settings;
    this.limiter = limiter;
    for (Rank rank : Rank.values()) sts.put(rank, sts(settings.homeRegion(), rank, platform));
  }

  private static SdkHttpClient connections() {
    return ApacheHttpClient.builder()
        .maxConnections(200)
        .connectionTimeout(Duration.ofSeconds(5))
        .socketTimeout(ATTEMPT)
        .build();
  }

  private StsClient sts(Rank rank) {
    return Objects.requireNonNull(sts.get(rank));
  }

  private StsClient sts(String region, Rank rank, AwsCredentialsProvider credentials) {
    return configure(
            StsClient.builder(),
            region,
            rank,
            limiter.lane("platform", region, "Sts", rank),
            credentials,
            true)
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
    // With one URL for everything nobody looks a region's name up, so it is done here.
    if (settings.endpoint() != null && RegionMetadata.of(Region.of(region)) == null)
      throw SdkClientException.create("no endpoint", new UnknownHostException(region));
    String key = connection.owner() + "/" + region + "/" + type.getName();
    return type.cast(
        clients.get(
            key,
            k ->
                configure(
                        builder.get(),
                        region,
                        connection.rank(),
                        limiter.lane(
                            connection.limited(), region, service(type), connection.rank()),
                        session(connection.within(Services.prefix(type))),
                        !connection.acts())
                    .build()));
  }

  /** The client of this kind for the platform's own account. */
  <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable> C own(
      String region, Class<C> type, Supplier<B> builder) {
    return type.cast(
        clients.get(
            "platform/" + region + "/" + type.getName(),
            k ->
                configure(
                        builder.get(),
                        region,
                        Rank.BULK,
                        limiter.lane("platform", region, service(type), Rank.BULK),
                        platform,
                        true)
                    .build()));
  }

  /**
   * Assumes the role once, past every cache.
   *
   * @throws SdkException if AWS refuses or does not answer
   */
  public AwsCredentials assume(Connection connection) {
    // Whose account it is, which is all that is asked, needs no permission; EC2 every role has.
    Credentials got =
        sts(connection.rank()).assumeRole(request(connection.within("ec2"))).credentials();
    return AwsSessionCredentials.create(
        got.accessKeyId(), got.secretAccessKey(), got.sessionToken());
  }

  /**
   * The account that credentials belong to, as AWS says. It is asked where the account cannot have
   * been disabled, which our own region may be.
   */
  public String accountOf(Connection connection, AwsCredentials credentials) {
    String region = certainRegion(connection);
    try (StsClient asked =
        sts(region, Rank.INTERACTIVE, StaticCredentialsProvider.create(credentials))) {
      return asked.getCallerIdentity().account();
    }
  }

  /** The platform's own identity, or null while AWS cannot be asked. */
  public @Nullable String principal() {
    try {
      return sts(Rank.INTERACTIVE).getCallerIdentity().arn();
    } catch (SdkException unreachable) {
      return null;
    }
  }

  /**
   * A region of the connection's part of AWS that no account can disable. Access keys are of where
   * their region is, if somebody said it.
   */
  public String certainRegion(Connection connection) {
    String region = connection.keys() == null ? null : sealed(connection.keys()).region();
    return connection.certainRegion(region == null ? settings.homeRegion() : region);
  }

  private AccessKeys sealed(SecretId keys) {
    return Json.read(secrets.open(store.state(), keys), AccessKeys.class);
  }

  /** The credentials sealed for a connection by access keys. */
  public AwsCredentials keys(Connection connection) {
    if (connection.keys() == null)
      throw new IllegalStateException("the connection has no access keys");
    AccessKeys keys = sealed(connection.keys());
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
      close(sessions.remove(known));
    }
    clients.asMap().keySet().removeIf(key -> key.startsWith(owner + "/"));
  }

  private Session session(Connection connection) {
    return sessions.computeIfAbsent(
        connection.owner(), owner -> new Session(() -> credentials(connection)));
  }

  private AwsCredentialsProvider credentials(Connection connection) {
    return connection.keys() != null
        ? StaticCredentialsProvider.create(keys(connection))
        : StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts(connection.rank()))
            .refreshRequest(request(connection))
            .build();
  }

  /** The session may do what the connection is for and nothing else, whatever the role grants. */
  private static AssumeRoleRequest request(Connection connection) {
    return AssumeRoleRequest.builder()
        .roleArn(connection.roleArn())
        .roleSessionName(SESSION + "-" + connection.organization())
        .externalId(connection.externalId())
        .durationSeconds(3_600)
        .policy(sessionPolicy(connection))
        .build();
  }

  /** AWS takes 2,048 characters at most (STS API reference, AssumeRole). */
  static String sessionPolicy(Connection connection) {
    return Json.text(IamPolicy.of(Partition.of(connection.roleArn()), connection.actions()));
  }

  /**
   * @param repeatable whether a call whose answer was lost may be sent again
   */
  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(
      B builder,
      String region,
      Rank rank,
      Lane lane,
      AwsCredentialsProvider credentials,
      boolean repeatable) {
    builder
        .httpClient(Objects.requireNonNull(http.get(rank)))
        .region(Region.of(region))
        .credentialsProvider(credentials);
    if (settings.endpoint() != null) builder.endpointOverride(settings.endpoint());
    if (settings.endpoint() != null && builder instanceof S3BaseClientBuilder<?, ?> s3)
      s3.forcePathStyle(true);
    return builder.overrideConfiguration(config -> {
      config.apiCallTimeout(CALL).apiCallAttemptTimeout(ATTEMPT);
      config.retryStrategy(Retries.in(lane, repeatable));
      config.addExecutionInterceptor(new InTurn(lane));
      config.addExecutionInterceptor(new SamePage());
      if (credentials instanceof Session session) config.addExecutionInterceptor(session);
    });
  }

  /** What the SDK calls the service of a client. */
  private static String service(Class<?> client) {
    return client.getSimpleName().replaceFirst("Client$", "");
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
    sts.values().forEach(StsClient::close);
    http.values().forEach(SdkHttpClient::close);
  }

  /** Before the time of a call begins to run. */
  private record InTurn(Lane lane) implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      lane.await();
    }
  }
}
