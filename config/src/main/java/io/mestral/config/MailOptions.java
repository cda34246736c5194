package io.mestral.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where mail goes and whom it is from.
 *
 * @param server {@code mail.smtp}
 * @param from {@code mail.from}
 * @param replyTo {@code mail.reply-to}: who reads answers; empty: nobody does
 * @param ca {@code mail.ca}: who signs the server's certificate; empty: the usual authorities
 */
public record MailOptions(
    SmtpServer server, String from, Optional<String> replyTo, Optional<Path> ca) {}
