package io.mestral.storage;

import java.time.Instant;

/**
 * A mail to one person.
 *
 * @param event what it tells of; one event makes one mail
 * @param recipient address, with a name or without
 * @param body plain text
 */
public record Mail(
    String event, String recipient, String subject, String body, Instant createdAt) {}
