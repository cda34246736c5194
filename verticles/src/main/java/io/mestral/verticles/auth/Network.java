package io.mestral.verticles.auth;

import java.util.List;

/** Where clients come from, as far as it is held against them or counted. */
public final class Network {
  private static final int IPV6_GROUPS = 8;

  private Network() {}

  /** The first 64 bits of an IPv6 address, whose host has all the others too; else the address. */
  public static String of(String address) {
    String[] groups = address.split(":", -1);
    return groups.length < IPV6_GROUPS
        ? address
        : String.join(":", List.of(groups).subList(0, IPV6_GROUPS / 2));
  }
}
