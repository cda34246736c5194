package io.mestral.verticles.exporting;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.CsvExport;
import io.mestral.storage.Mail;
import io.mestral.verticles.mail.LetterKind;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.mail.Values;
import java.time.Instant;
import java.util.Optional;

/** The mail that tells of an archive (spec 3.6). */
public record ArchiveMail(Letters letters) {
  /** Empty for who doesn't want to be told. */
  Optional<Mail> ready(CsvExport export, Device device, User user, Instant expiry) {
    if (!Letters.wanted(LetterKind.ARCHIVE_READY, user)) return Optional.empty();
    String page = letters.base() + "/v0/devices/" + device.id().value();
    Values values =
        Values.NONE
            .with("device", device.name())
            .with("until", Letters.time(expiry, user))
            .withLink("link", page + "/exports/" + export.name() + ".csv")
            .withLink("page", page);
    return Optional.of(
        letters.write(LetterKind.ARCHIVE_READY, "export/" + export.id(), user, values));
  }
}
