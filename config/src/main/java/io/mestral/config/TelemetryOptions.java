package io.mestral.config;

import java.util.Optional;

/**
 * What the node tells of its work to those who watch it.
 *
 * @param otlp {@code telemetry.otlp-url}: where traces are sent by OTLP over HTTP, without the path
 *     {@code /v1/traces}; empty when they aren't
 */
public record TelemetryOptions(Optional<String> otlp) {}
