package io.mestral.verticles.smartrequest.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.AddressRange;
import io.mestral.config.SmartApiOptions;
import io.mestral.storage.Settled;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Smart API, section 8.7. */
class AddressGuardTest {
  private final AddressGuard usual =
      new AddressGuard(new SmartApiOptions.Interfaces(false, Set.of()));
  private final AddressGuard laboratory =
      new AddressGuard(new SmartApiOptions.Interfaces(true, Set.of()));

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "0.0.0.0",
        "::",
        "10.1.2.3",
        "172.31.255.255",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.1.1",
        "169.254.169.254",
        "fe80::1",
        "fd00:ec2::254",
        "fc00::1",
        "ff02::1",
        "224.0.0.1",
        "255.255.255.255",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::1",
        "2001:db8::1",
        "2001:0:1::1",
        "192.0.2.1",
        "198.18.0.1",
        "240.0.0.1",
        "64:ff9b:1::1",
        "100.100.100.200",
        "127.1",
        "2130706433"
      })
  void whatIsntReachedFromEverywhereIsRefused(String text) {
    assertThat(usual.allows(address(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450::1", "64:ff9b::808:808"})
  void publicAddressesAreAllowed(String text) {
    assertThat(usual.allows(address(text))).isTrue();
  }

  @Test
  void aLaboratoryCallsItselfAndItsLinksAndNothingElseMore() {
    assertThat(laboratory.allows(address("127.0.0.1"))).isTrue();
    assertThat(laboratory.allows(address("::1"))).isTrue();
    assertThat(laboratory.allows(address("fe80::1"))).isTrue();
    assertThat(laboratory.allows(address("169.254.7.7"))).isTrue();
    assertThat(laboratory.allows(address("10.0.0.1"))).isFalse();
    assertThat(laboratory.allows(address("169.254.169.254"))).isFalse();
  }

  @Test
  void namedNetworksAreAllowedButForWhatCloudsTellTheirMachines() {
    AddressGuard named =
        new AddressGuard(
            new SmartApiOptions.Interfaces(
                false,
                Set.of(AddressRange.parse("10.20.0.0/16"), AddressRange.parse("169.254.0.0/16"))));
    assertThat(named.allows(address("10.20.0.33"))).isTrue();
    assertThat(named.allows(address("::ffff:10.20.0.33"))).isTrue();
    assertThat(named.allows(address("10.21.0.33"))).isFalse();
    assertThat(named.allows(address("169.254.169.254"))).isFalse();
  }

  @Test
  void aNameIsAsGoodAsItsAddresses() {
    Vertx vertx = Vertx.vertx();
    try {
      assertThat(Settled.failure(usual.resolve(vertx, "localhost")))
          .isInstanceOf(AddressGuard.NotCallable.class)
          .hasMessageContaining("localhost");
      assertThat(Settled.value(laboratory.resolve(vertx, "localhost")).isLoopbackAddress())
          .isTrue();
    } finally {
      Settled.value(vertx.close());
    }
  }

  @Provide
  Arbitrary<InetAddress> addresses() {
    Arbitrary<byte[]> four = Arbitraries.bytes().array(byte[].class).ofSize(4);
    Arbitrary<byte[]> sixteen = Arbitraries.bytes().array(byte[].class).ofSize(16);
    return Arbitraries.oneOf(four, sixteen).map(AddressGuardTest::of);
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Property
  void nothingIsAllowedThatJavaKnowsToBeLocal(@ForAll("addresses") InetAddress address) {
    boolean isLocal =
        address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    if (isLocal) assertThat(usual.allows(address)).isFalse();
    if (usual.allows(address)) assertThat(laboratory.allows(address)).isTrue();
  }

  /** The ranges are counted here in another way than by their prefixes. */
  @Provide
  Arbitrary<InetAddress> refused() {
    return Arbitraries.of(
            "10.0.0.0-10.255.255.255",
            "100.64.0.0-100.127.255.255",
            "127.0.0.0-127.255.255.255",
            "169.254.0.0-169.254.255.255",
            "172.16.0.0-172.31.255.255",
            "192.168.0.0-192.168.255.255",
            "224.0.0.0-255.255.255.255",
            "fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "fe80::-feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
        .flatMap(
            range -> {
              InetAddress first = address(range.split("-")[0]);
              BigInteger low = new BigInteger(1, first.getAddress());
              BigInteger high = new BigInteger(1, address(range.split("-")[1]).getAddress());
              return Arbitraries.bigIntegers()
                  .between(low, high)
                  .map(one -> of(padded(one, first.getAddress().length)));
            });
  }

  private static byte[] padded(BigInteger number, int length) {
    byte[] padded = new byte[length];
    byte[] bytes = number.toByteArray();
    for (int i = 1; i <= Math.min(length, bytes.length); i++)
      padded[length - i] = bytes[bytes.length - i];
    return padded;
  }

  @Property
  void nothingBetweenTheEndsOfASpecialRangeIsAllowed(@ForAll("refused") InetAddress address) {
    assertThat(usual.allows(address)).isFalse();
  }

  @Property
  void ipv4CountsTheSameHoweverItIsWritten(@ForAll byte a, @ForAll byte b, @ForAll byte c) {
    byte[] four = {a, b, c, 1};
    boolean isAllowed = usual.allows(of(four));
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(four, 0, mapped, 12, 4);
    assertThat(usual.allows(of(mapped))).isEqualTo(isAllowed);
    byte[] translated = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, a, b, c, 1};
    assertThat(usual.allows(of(translated))).isEqualTo(isAllowed);
  }
}
