package dev.steward.activities.notifications;

import dev.steward.domain.governance.desk.Destinations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to addresses that strangers chose: to the very address that was judged, by the name that
 * was given; nowhere else if the answer says so; no longer than the patience; and nothing of the
 * answer but its status is read.
 */
final class Hooks implements AutoCloseable {
  private final Duration patience;
  private final CloseableHttpClient http;

  Hooks(boolean allowPrivate, Duration patience) {
    this.patience = patience;
    Timeout timeout = Timeout.of(patience);
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(judging(allowPrivate))
                    .setMaxConnTotal(100)
                    .setMaxConnPerRoute(10)
                    .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(timeout).build())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(timeout)
                            .setSocketTimeout(timeout)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(timeout)
                    .setResponseTimeout(timeout)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("steward")
            .build();
  }

  /** Asked once for each connection, so that what was judged is what is connected to. */
  private static DnsResolver judging(boolean allowPrivate) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return Destinations.addresses(host, allowPrivate);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  /**
   * The status of the answer.
   *
   * @throws Destinations.RefusedException if the host is where nothing is sent
   */
  int post(URI url, String json, Map<String, String> headers) throws IOException {
    HttpPost post = new HttpPost(url);
    headers.forEach(post::setHeader);
    // A connection that is kept was judged for an earlier meaning of the name.
    post.setHeader("Connection", "close");
    post.setEntity(
        new StringEntity(json, ContentType.APPLICATION_JSON.withCharset(StandardCharsets.UTF_8)));
    Thread watch = Thread.ofVirtual().start(() -> endAfterPatience(post));
    try {
      var answer = http.executeOpen(HttpHost.create(url), post, null);
      int status = answer.getCode();
      // What is left of it may never end, and to close it would be to read it.
      post.cancel();
      closeQuietly(answer);
      return status;
    } finally {
      watch.interrupt();
    }
  }

  private static void closeQuietly(ClassicHttpResponse answer) {
    try {
      answer.close();
    } catch (IOException cancelled) {
      // It was, on purpose.
    }
  }

  private void endAfterPatience(HttpPost post) {
    try {
      Thread.sleep(patience);
      post.cancel();
    } catch (InterruptedException answered) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    http.close(CloseMode.IMMEDIATE);
  }
}
