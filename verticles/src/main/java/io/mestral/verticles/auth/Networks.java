package io.mestral.verticles.auth;

import java.util.List;

/** Whom addresses are held against: an IPv6 host has a whole network of them to come from. */
public final class Networks {
  private Networks() {}

  /** An IPv4 address itself, the first 64 bits of an IPv6 address. */
  public static String of(String address) {
    String[] groups = address.split(":", -1);
    return groups.length < 8 ? address : String.join(":", List.of(groups).subList(0, 4));
  }
}
