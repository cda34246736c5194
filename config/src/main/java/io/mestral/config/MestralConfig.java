package io.mestral.config;

import java.util.Optional;

/**
 * Everything the operator decided about one node, checked.
 *
 * @param mail empty: nothing is mailed
 * @param uplink empty: this node is nobody's gateway
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
    TelemetryOptions telemetry,
    Optional<PostgresOptions> metadata,
    Optional<CassandraOptions> readings) {}
