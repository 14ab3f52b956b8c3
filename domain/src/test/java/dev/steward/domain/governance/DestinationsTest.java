package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.governance.desk.Destinations;
import dev.steward.storage.Store;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where strangers may have something sent: the open Internet, by TLS, and nowhere else. */
final class DestinationsTest {
  private static Optional<String> wrong(String url) {
    return Destinations.wrong(URI.create(url), false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.254",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "[::]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[64:ff9b:1::1]",
        "[100::1]",
        "[2001::1]",
        "[2001:2::1]",
        "[2001:20::1]",
        "[2001:db8::1]",
        "[2002:a00:1::1]",
        "[3fff::1]",
        "[5f00::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "localhost"
      })
  void nothingIsSentInside(String host) {
    assertThat(wrong("https://" + host + "/hook")).as(host).isPresent();
    assertThatThrownBy(() -> Destinations.addresses(host, false))
        .isInstanceOf(UnknownHostException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "198.17.255.255",
        "198.20.0.1",
        "192.0.1.1",
        "223.255.255.255",
        "[2606:4700::1111]",
        "[2001:4860:4860::8888]"
      })
  void whatIsNextToItIsNotInside(String host) {
    assertThat(wrong("https://" + host + "/hook")).as(host).isEmpty();
  }

  /** Whoever has a name that nobody answers for would stop everybody's writes. */
  @Test
  void noNameIsLookedUpWithinAWrite(@TempDir Path folder) {
    try (Store store = Store.open(folder)) {
      assertThatThrownBy(() -> store.write(t -> wrong("https://8.8.8.8/hook")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("outside of a write");
      Optional<String> form = store.write(t -> wrong("http://8.8.8.8/hook"));
      assertThat(form).isPresent();
    }
  }

  @Test
  void theFormIsJudgedToo() {
    assertThat(wrong("http://8.8.8.8/hook")).hasValue("must begin with https");
    assertThat(wrong("https://8.8.8.8:25/hook")).hasValue("must have the port 443 or 8443");
    assertThat(wrong("https://8.8.8.8:8443/hook")).isEmpty();
    assertThat(wrong("https://hooks.slack.com@8.8.8.8/hook")).hasValue("must not name a user");
    assertThat(wrong("https:///hook")).hasValue("has no host");
    assertThat(Destinations.wrong(URI.create("http://a:b@127.0.0.1:1/hook"), true))
        .hasValue("must not name a user");
    assertThat(Destinations.wrong(URI.create("http://127.0.0.1:1/hook"), true)).isEmpty();
  }
}
