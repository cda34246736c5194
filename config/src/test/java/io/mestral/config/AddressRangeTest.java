package io.mestral.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.1.16.0/20, 10.1.31.255, true",
    "10.1.16.0/20, 10.1.32.0, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::1, 0.0.0.1, false",
    "::ffff:10.0.0.1, 10.0.0.1, true",
    "10.0.0.0/8, ::ffff:10.2.3.4, true",
    "10.0.0.0/8, a00::1, false"
  })
  void aRangeHasTheAddressesThatBeginLikeIt(String range, String address, boolean in) {
    assertThat(AddressRange.parse(range).contains(address(address))).isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0",
        "10.0.0.256",
        "010.0.0.1",
        "1",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        "0.0.0.0/0",
        "::/0",
        "10.0.0.1/8",
        "2001:db8::1/64",
        "2001:db8::/129",
        ":::",
        "1:2",
        "fe80::1%eth0",
        "[::1]",
        "10.0.0.0/8/8",
        "::ffff:10.0.0.0/104"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAreNoAddresses() {
    assertThat(AddressRange.address("localhost")).isEmpty();
    assertThat(AddressRange.address("127.1")).isEmpty();
    assertThat(AddressRange.address("be:ef")).isEmpty();
  }

  private static InetAddress address(String text) {
    return AddressRange.address(text).orElseThrow();
  }
}
