package io.mestral.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All IPv4 or IPv6 addresses that begin with the same bits (RFC 4632, RFC 4291 2.3). An IPv4
 * address written as an IPv6 one (RFC 4291, 2.5.5.2) is that IPv4 address.
 *
 * @param first the lowest of them
 * @param prefix how many bits they have in common
 */
public record AddressRange(InetAddress first, int prefix) {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PREFIX = Pattern.compile("[1-9]\\d{0,2}");

  /** Refuses bits beyond the prefix, and a prefix that has everybody in it. */
  public AddressRange {
    byte[] bytes = first.getAddress();
    if (prefix < 1 || prefix > bytes.length * Byte.SIZE)
      throw new IllegalArgumentException("prefix /" + prefix);
    for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++)
      if (bit(bytes, bit)) throw new IllegalArgumentException("bits beyond /" + prefix);
  }

  /**
   * Reads an address, which is a range of one, or an address, a slash and the length of its prefix.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String written = slash < 0 ? text : text.substring(0, slash);
    InetAddress first =
        address(written).orElseThrow(() -> new IllegalArgumentException("address " + written));
    if (slash < 0) return new AddressRange(first, first.getAddress().length * Byte.SIZE);
    String prefix = text.substring(slash + 1);
    if (!PREFIX.matcher(prefix).matches()) throw new IllegalArgumentException("prefix " + prefix);
    return new AddressRange(first, Integer.parseInt(prefix));
  }

  /** The address that a text is, without brackets, port or zone; names are never looked up. */
  public static Optional<InetAddress> address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) return Optional.empty();
    try {
      return Optional.of(InetAddress.getByName(text)); // with a colon it is an address or nothing
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** Whether this address is one of them. */
  public boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) return false;
    for (int bit = 0; bit < prefix; bit++) if (bit(mine, bit) != bit(other, bit)) return false;
    return true;
  }

  private static boolean bit(byte[] bytes, int index) {
    return (bytes[index / Byte.SIZE] << index % Byte.SIZE & 0x80) != 0;
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + prefix;
  }
}
