package io.mestral.config;

/** Everything the operator decided about one node, checked. */
public record MestralConfig(
    NodeOptions node,
    BrokerOptions broker,
    HttpOptions http,
    CsvOptions csv,
    StorageOptions storage) {}
