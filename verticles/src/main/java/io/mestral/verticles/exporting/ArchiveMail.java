package io.mestral.verticles.exporting;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.CsvExport;
import io.mestral.storage.Mail;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The mail that tells of an archive (spec 3.6).
 *
 * @param base of links, without a slash at the end
 */
public record ArchiveMail(String base) {
  private static final String SUBJECT = "Device CSV Archive Ready";

  Mail ready(CsvExport export, Device device, User user, Instant expiry, Instant now) {
    String page = base + "/v0/devices/" + device.id().value();
    long hours = Duration.between(now, expiry).toHours();
    String body =
        """
        Hello %s,

        the CSV archive of your device %s is ready:

        %s/exports/%s.csv

        Whoever knows this link can download the file. It works for %d hours, until %s.

        The device: %s
        """
            .formatted(
                line(user.username()),
                line(device.name()),
                page,
                export.name(),
                hours,
                expiry.truncatedTo(ChronoUnit.SECONDS),
                page);
    return new Mail("export/" + export.id(), recipient(user), SUBJECT, body, now);
  }

  /** What people named doesn't get to write lines of its own. */
  private static String line(String name) {
    return name.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
  }

  /** A name that would need quoting is left out. */
  private static String recipient(User user) {
    return user.username().matches("[A-Za-z0-9 ._-]+")
        ? user.username() + " <" + user.email() + ">"
        : user.email();
  }
}
