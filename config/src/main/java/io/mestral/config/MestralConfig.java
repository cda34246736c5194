package io.mestral.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything the operator decided about one node, checked.
 *
 * @param mail empty: nothing is mailed
 * @param uplink empty: this node is nobody's gateway, unless a code makes it one
 * @param enrol {@code uplink.enrol}: the code
 * @param uplinkCa {@code uplink.ca}, for an uplink that is set up by a code
 * @param metadata the server that keeps accounts and devices; empty when the node does it itself
 * @param readings the cluster that keeps readings; empty when the node does it itself
 */
public record MestralConfig(
    NodeOptions node,
    BrokerOptions broker,
    HttpOptions http,
    AccountOptions accounts,
    OAuthOptions oauth,
    CsvOptions csv,
    Optional<MailOptions> mail,
    StorageOptions storage,
    SmartApiOptions smartApi,
    Optional<UplinkOptions> uplink,
    Optional<Hidden> enrol,
    Optional<Path> uplinkCa,
    TelemetryOptions telemetry,
    Optional<PostgresOptions> metadata,
    Optional<CassandraOptions> readings) {
  /** The same with another uplink. */
  public MestralConfig with(UplinkOptions other) {
    return new MestralConfig(
        node,
        broker,
        http,
        accounts,
        oauth,
        csv,
        mail,
        storage,
        smartApi,
        Optional.of(other),
        enrol,
        uplinkCa,
        telemetry,
        metadata,
        readings);
  }
}
