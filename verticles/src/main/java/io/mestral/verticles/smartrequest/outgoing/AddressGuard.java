package io.mestral.verticles.smartrequest.outgoing;

import io.mestral.config.AddressRange;
import io.mestral.config.SmartApiOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which addresses may be called that others announced: public ones, and those that the
 * operator named (Smart API, section 8.7). Whoever announces an interface could otherwise have the
 * node ask machines that only it reaches.
 */
public final class AddressGuard {
  /** Where clouds tell a machine its credentials: never called, whatever is set. */
  private static final List<AddressRange> METADATA =
      ranges("169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "fd00:ec2::254");

  /** Of RFC 6890 and its successors, what isn't reached from everywhere. */
  private static final List<AddressRange> SPECIAL =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /** All of IPv6 that is given out. */
  private static final AddressRange GLOBAL = AddressRange.parse("2000::/3");

  /** IPv4 as it is seen where there is only IPv6 (RFC 6052). */
  private static final AddressRange TRANSLATED = AddressRange.parse("64:ff9b::/96");

  private static final int IPV4_IN_IPV6 = 12;

  private final SmartApiOptions.Interfaces options;

  /** Allows what is allowed by default, and what these options say. */
  public AddressGuard(SmartApiOptions.Interfaces options) {
    this.options = options;
  }

  private static List<AddressRange> ranges(String... all) {
    return Stream.of(all).map(AddressRange::parse).toList();
  }

  /** Whether this address may be called. */
  public boolean allows(InetAddress address) {
    InetAddress meant = meant(address);
    if (isIn(METADATA, meant)) return false;
    if (options.allowed().stream().anyMatch(one -> one.contains(meant))) return true;
    if (options.loopback() && (meant.isLoopbackAddress() || meant.isLinkLocalAddress()))
      return true;
    return !isIn(SPECIAL, meant) && (meant instanceof Inet4Address || GLOBAL.contains(meant));
  }

  private static boolean isIn(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().anyMatch(one -> one.contains(address));
  }

  /** The IPv4 address that an IPv6 one stands for. */
  private static InetAddress meant(InetAddress address) {
    if (!(address instanceof Inet6Address) || !TRANSLATED.contains(address)) return address;
    byte[] all = address.getAddress();
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(all, IPV4_IN_IPV6, all.length));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /**
   * The first address of a host that may be called, which is the one to connect to: asked again the
   * name may have another. Fails with {@link NotCallable} when there is none.
   */
  public Future<InetAddress> resolve(Vertx vertx, String host) {
    return vertx
        .executeBlocking(() -> InetAddress.getAllByName(host), false)
        .recover(
            unknown ->
                Future.failedFuture(new NotCallable("The host " + host + " has no address.")))
        .compose(
            all -> {
              Optional<InetAddress> one = Stream.of(all).filter(this::allows).findFirst();
              return one.map(Future::succeededFuture)
                  .orElseGet(
                      () ->
                          Future.failedFuture(
                              new NotCallable(
                                  "The host %s is not called: %s is no public address, and not in"
                                          .formatted(host, all[0].getHostAddress())
                                      + " smartapi.callable-networks.")));
            });
  }

  /** There is no address that may be called. */
  public static final class NotCallable extends Exception {
    private static final long serialVersionUID = 1L;

    NotCallable(String message) {
      super(message);
    }
  }
}
