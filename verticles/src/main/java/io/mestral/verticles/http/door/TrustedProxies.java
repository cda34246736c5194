package io.mestral.verticles.http.door;

import io.mestral.config.AddressRange;
import io.mestral.verticles.http.exchange.Caller;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Believes what proxies that the operator named say of their clients, in {@code X-Forwarded-For} or
 * {@code Forwarded} (RFC 7239), and nobody else. Each proxy adds whom it was asked by at the end,
 * so that what is said is read from there, and no further than proxies that are believed reach.
 */
public final class TrustedProxies implements Handler<RoutingContext> {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");

  private final Set<AddressRange> ranges;

  /**
   * @param ranges where these proxies are
   */
  public TrustedProxies(Set<AddressRange> ranges) {
    this.ranges = ranges;
  }

  @Override
  public void handle(RoutingContext context) {
    Caller connected = Caller.connected(context.request());
    byConnection(connected)
        .map(peer -> told(connected, peer, context.request().headers()))
        .orElse(connected)
        .keepIn(context);
    context.next();
  }

  /** Where the connection comes from, if that is one of them. */
  private Optional<InetAddress> byConnection(Caller connected) {
    if (ranges.isEmpty()) return Optional.empty();
    String withoutZone = connected.address().replaceFirst("%.*", "");
    return AddressRange.address(withoutZone).filter(this::isTrusted);
  }

  private boolean isTrusted(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  private Caller told(Caller connected, InetAddress peer, MultiMap headers) {
    List<ForwardedHop> plain = ForwardedHop.plain(headers);
    List<ForwardedHop> standard = ForwardedHop.standard(headers);
    Told byPlain = follow(peer, plain);
    Told byStandard = follow(peer, standard);
    if (plain.isEmpty()) return caller(connected, byStandard);
    boolean agreed = standard.isEmpty() || byPlain.client.equals(byStandard.client);
    return agreed ? caller(connected, byPlain) : connected; // who writes one lets others write one
  }

  /**
   * Goes back to the last address that isn't one of them; what can't be read ends the search.
   *
   * @param hops the last one is what the peer itself says
   */
  private Told follow(InetAddress peer, List<ForwardedHop> hops) {
    Told told = new Told(peer, hops.isEmpty() ? ForwardedHop.SILENT : hops.get(hops.size() - 1));
    for (int i = hops.size() - 1; i >= 0 && isTrusted(told.client); i--) {
      Optional<InetAddress> before = hops.get(i).client();
      if (before.isEmpty()) return told;
      told = new Told(before.get(), hops.get(i));
    }
    return told;
  }

  /** The client, and what the proxy that it came to says of it. */
  private record Told(InetAddress client, ForwardedHop by) {}

  private static Caller caller(Caller connected, Told told) {
    String scheme =
        told.by
            .scheme()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(SCHEMES::contains)
            .orElse(connected.scheme());
    String authority =
        told.by
            .authority()
            .filter(name -> AUTHORITY.matcher(name).matches())
            .orElse(connected.authority());
    String address = told.client.getHostAddress();
    return new Caller(address, scheme, withoutUsualPort(scheme, authority));
  }

  private static String withoutUsualPort(String scheme, String authority) {
    String port = scheme.equals("https") ? ":443" : ":80";
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }
}
