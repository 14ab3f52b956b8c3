package dev.steward.api.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who called, where others pass requests on. */
final class TrustedProxiesTest {
  private static TrustedProxies proxies(TrustedProxies.Header header) {
    return new TrustedProxies(
        Stream.of("10.0.0.0/8", "192.0.2.7", "fd00::/8")
            .map(Network::parse)
            .flatMap(Optional::stream)
            .toList(),
        header);
  }

  private static String caller(
      TrustedProxies.Header header, String peer, String forwardedFor, String forwarded) {
    return proxies(header)
        .caller(InetAddress.ofLiteral(peer), lines(forwardedFor), lines(forwarded))
        .getHostAddress();
  }

  private static List<String> lines(String values) {
    return values.isEmpty() ? List.of() : Arrays.asList(values.split("~", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Nobody else's word is taken.
        "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
        "11.0.0.1 | 198.51.100.1 | 11.0.0.1",
        // From the right, as far as they are ours.
        "10.1.2.3 | 198.51.100.1 | 198.51.100.1",
        "10.1.2.3 | 6.6.6.6, 198.51.100.1 | 198.51.100.1",
        "10.1.2.3 | 6.6.6.6, 198.51.100.1, 192.0.2.7 | 198.51.100.1",
        "10.1.2.3 | 6.6.6.6~198.51.100.1~192.0.2.7, 10.9.9.9 | 198.51.100.1",
        "10.1.2.3 | 10.0.0.9 | 10.0.0.9",
        "10.1.2.3 | 198.51.100.1:4711 | 198.51.100.1",
        "10.1.2.3 | [2001:db8::5]:80 | 2001:db8:0:0:0:0:0:5",
        "fd00:0:0:0:0:0:0:1 | 2001:db8::5 | 2001:db8:0:0:0:0:0:5",
        // What is no address is nobody's.
        "10.1.2.3 | unknown | 10.1.2.3",
        "10.1.2.3 | 198.51.100.1, unknown | 10.1.2.3",
        "10.1.2.3 | 198.51.100.1, | 10.1.2.3",
        "10.1.2.3 | '' | 10.1.2.3",
        "10.1.2.3 | 1.2.3 | 10.1.2.3",
        "10.1.2.3 | example.com | 10.1.2.3",
      })
  void isTheLastHopThatIsNotOurs(String peer, String forwardedFor, String caller) {
    assertThat(caller(TrustedProxies.Header.EITHER, peer, forwardedFor, "")).isEqualTo(caller);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=198.51.100.1 | 198.51.100.1",
        "For=\"198.51.100.1:80\";proto=http;by=10.0.0.1 | 198.51.100.1",
        "for=6.6.6.6, for=198.51.100.1;proto=https, for=10.4.4.4 | 198.51.100.1",
        "for=6.6.6.6, for=\"[2001:db8::5]:4711\" | 2001:db8:0:0:0:0:0:5",
        "for=6.6.6.6, for=_hidden | 10.1.2.3",
        "for=6.6.6.6, proto=http | 10.1.2.3",
        "for=6.6.6.6;by=\"a, for=7.7.7.7\" | 6.6.6.6",
      })
  void orStandsInForwarded(String forwarded, String caller) {
    assertThat(caller(TrustedProxies.Header.EITHER, "10.1.2.3", "", forwarded)).isEqualTo(caller);
  }

  @Test
  void aHeaderThatTheProxiesDoNotWriteIsTheCallersOwn() {
    String mine = "198.51.100.1";
    String forged = "for=6.6.6.6";
    assertThat(caller(TrustedProxies.Header.EITHER, "10.1.2.3", mine, forged)).isEqualTo(mine);
    assertThat(caller(TrustedProxies.Header.X_FORWARDED_FOR, "10.1.2.3", "", forged))
        .isEqualTo("10.1.2.3");
    assertThat(caller(TrustedProxies.Header.FORWARDED, "10.1.2.3", "6.6.6.6", "for=" + mine))
        .isEqualTo(mine);
  }

  @Test
  void oneCallerIsAnAddressOrASixtyFour() {
    assertThat(Network.of(InetAddress.ofLiteral("198.51.100.1"))).isEqualTo("198.51.100.1");
    assertThat(Network.of(InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6")))
        .isEqualTo(Network.of(InetAddress.ofLiteral("2001:db8:1:2:ffff::1")))
        .isNotEqualTo(Network.of(InetAddress.ofLiteral("2001:db8:1:3::1")));
    assertThat(Network.of(InetAddress.ofLiteral("::ffff:198.51.100.1"))).isEqualTo("198.51.100.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "10.0.0.0/33",
        "10.0.0.0/x",
        "10.0.0.0/",
        "/8",
        "fd00::/129",
        "localhost",
        "10.0.0.0/-1",
        "10.0.0.0/8/8"
      })
  void noNetworkIsNoNetwork(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }

  @Test
  void aNetworkEndsAtItsLastBit() {
    Network odd = Network.parse("192.168.128.0/17").orElseThrow();
    assertThat(odd.contains(InetAddress.ofLiteral("192.168.128.0"))).isTrue();
    assertThat(odd.contains(InetAddress.ofLiteral("192.168.255.255"))).isTrue();
    assertThat(odd.contains(InetAddress.ofLiteral("192.168.127.255"))).isFalse();
    assertThat(odd.contains(InetAddress.ofLiteral("::1"))).isFalse();
    assertThat(Network.parse("0.0.0.0/0").orElseThrow().contains(InetAddress.ofLiteral("1.2.3.4")))
        .isTrue();
  }
}
