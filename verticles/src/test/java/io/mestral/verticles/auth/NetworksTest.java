package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworksTest {
  @Test
  void anIpv6HostIsItsNetworkOf64Bits() {
    assertThat(Networks.of("2001:db8:0:7:1:2:3:4")).isEqualTo(Networks.of("2001:db8:0:7:ff:0:0:9"));
    assertThat(Networks.of("2001:db8:0:7:1:2:3:4"))
        .isNotEqualTo(Networks.of("2001:db8:0:8:1:2:3:4"));
  }

  @Test
  void anIpv4HostIsItself() {
    assertThat(Networks.of("192.0.2.7")).isEqualTo("192.0.2.7");
  }
}
