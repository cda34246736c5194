package io.mestral.config;

import java.time.Duration;
import java.util.Set;

/**
 * How this node takes part in the Smart API.
 *
 * @param node {@code smartapi.node}: its name in topics
 * @param units {@code smartapi.qudt}: how units are named where nobody asked
 * @param maxAge {@code smartapi.request.max-age}: how long a request waits for a gateway
 * @param maxEntities {@code smartapi.max-entities}
 * @param heartbeat {@code smartapi.heartbeat-interval}
 * @param proofs {@code smartapi.require-proof}: which Requests are to be signed
 * @param interfaces which interfaces elsewhere may be called
 */
public record SmartApiOptions(
    String node,
    Units units,
    Duration maxAge,
    int maxEntities,
    Duration heartbeat,
    Proofs proofs,
    Interfaces interfaces) {

  /**
   * Which interfaces may be called that others announced, beside those at public addresses.
   *
   * @param loopback {@code smartapi.allow-loopback-interfaces}: those of this machine and its links
   * @param allowed {@code smartapi.callable-networks}
   */
  public record Interfaces(boolean loopback, Set<AddressRange> allowed) {}

  /** The names that units have. */
  public enum Units {
    /** Those of the 2010 era that version 1.0 of the Smart API was made with. */
    LEGACY,
    /** Today's. */
    MODERN
  }

  /** Which Requests need a proof. */
  public enum Proofs {
    /** None. */
    NOTHING,
    /** All that may change something. */
    CHANGES,
    /** All. */
    EVERYTHING
  }
}
