package io.mestral.verticles.people;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.Mail;
import io.mestral.storage.Metadata;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.mail.LetterKind;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.mail.Values;
import io.mestral.verticles.watch.DeviceEvent;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails owners what is found of their devices at {@link Addresses#DEVICE_FINDING}, and says so at
 * {@link Addresses#DEVICE_EVENT}. The right to tell is claimed together with the mail: of several
 * nodes one tells, and what was cut short is told when it is found again.
 */
public final class NoticeVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeVerticle.class);

  private final Metadata metadata;
  private final Letters letters;

  /** Looks devices and owners up there. */
  public NoticeVerticle(Metadata metadata, Letters letters) {
    this.metadata = metadata;
    this.letters = letters;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = LocalBus.of(vertx);
    return bus.listen(Addresses.DEVICE_FINDING, event -> tell((DeviceEvent) event, bus));
  }

  private void tell(DeviceEvent event, LocalBus bus) {
    metadata
        .devices()
        .find(event.device())
        .compose(
            device ->
                device.isPresent() ? tell(event, device.get(), bus) : Future.succeededFuture())
        .onFailure(failure -> LOG.warn("nobody is mailed of {}: {}", event, failure.toString()));
  }

  private Future<Void> tell(DeviceEvent event, Device device, LocalBus bus) {
    return metadata
        .users()
        .find(device.owner())
        .compose(owner -> claim(event, owner.flatMap(reader -> mail(event, device, reader)), bus));
  }

  private Future<Void> claim(DeviceEvent event, Optional<Mail> mail, LocalBus bus) {
    return metadata
        .notices()
        .claim(event.device(), event.kind(), event.at(), event.unlessSince(), mail)
        .onSuccess(
            first -> {
              if (!first) return;
              bus.tell(Addresses.DEVICE_EVENT, event);
              if (mail.isPresent()) bus.tell(Addresses.MAIL_WAITS, "notice");
            })
        .mapEmpty();
  }

  private Optional<Mail> mail(DeviceEvent event, Device device, User reader) {
    Values values =
        Values.NONE
            .with("device", device.name())
            .withLink("page", letters.base() + "/v0/devices/" + device.id().value());
    if (event instanceof DeviceEvent.LowBattery battery)
      return mail(
          LetterKind.LOW_BATTERY,
          event,
          reader,
          values.with("percent", Integer.toString(battery.percent())));
    if (event instanceof DeviceEvent.StoppedPublishing silence)
      return mail(
          LetterKind.STOPPED_PUBLISHING,
          event,
          reader,
          values.with("last", Letters.time(silence.lastReadingAt(), reader)));
    if (event instanceof DeviceEvent.HasErrors errors)
      return mail(LetterKind.ERRORS, event, reader, values.with("problem", errors.problem()));
    throw new IllegalArgumentException("nobody knows how to tell of " + event);
  }

  private Optional<Mail> mail(LetterKind kind, DeviceEvent event, User reader, Values values) {
    if (!Letters.wanted(kind, reader)) return Optional.empty();
    String key =
        kind.topic().orElseThrow().label()
            + "/"
            + event.device().value()
            + "/"
            + event.at().toEpochMilli();
    return Optional.of(letters.write(kind, key, reader, values));
  }
}
