package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void anIpv6HostIsItsNetworkOf64Bits() {
    assertThat(Network.of("2001:db8:0:7:1:2:3:4")).isEqualTo(Network.of("2001:db8:0:7:ff:0:0:9"));
    assertThat(Network.of("2001:db8:0:7:1:2:3:4")).isNotEqualTo(Network.of("2001:db8:0:8:1:2:3:4"));
  }

  @Test
  void anIpv4HostIsItself() {
    assertThat(Network.of("192.0.2.7")).isEqualTo("192.0.2.7");
  }
}
