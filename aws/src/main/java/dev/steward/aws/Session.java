package dev.steward.aws;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * The credentials of one connection. A session that AWS calls expired, whatever its time says, is
 * replaced once; clients go on with the new one.
 */
final class Session implements AwsCredentialsProvider, ExecutionInterceptor, AutoCloseable {
  private static final Pattern KEY = Pattern.compile("Credential=([^/]+)/");
  private final Supplier<AwsCredentialsProvider> open;
  private AwsCredentialsProvider current;
  private @Nullable String key;

  Session(Supplier<AwsCredentialsProvider> open) {
    this.open = open;
    this.current = open.get();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    AwsCredentialsProvider asked = current();
    AwsCredentials credentials = asked.resolveCredentials();
    note(asked, credentials.accessKeyId());
    return credentials;
  }

  private synchronized AwsCredentialsProvider current() {
    return current;
  }

  private synchronized void note(AwsCredentialsProvider asked, String accessKey) {
    if (asked == current) key = accessKey;
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (AwsError.of(context.exception()) != AwsError.EXPIRED) return;
    expired(
        context
            .httpRequest()
            .flatMap(request -> request.firstMatchingHeader("Authorization"))
            .map(KEY::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .orElse(null));
  }

  /** Of many calls that were under way with the old session only the first replaces it. */
  private synchronized void expired(@Nullable String used) {
    if (used != null && key != null && !used.equals(key)) return;
    close(current);
    current = open.get();
    key = null;
  }

  private static void close(AwsCredentialsProvider provider) {
    if (!(provider instanceof AutoCloseable closeable)) return;
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException("a session did not close", e);
    }
  }

  @Override
  public synchronized void close() {
    close(current);
  }
}
