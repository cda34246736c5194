package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.CsvExport.Outcome;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine's {@link CsvExports} does. */
public abstract class CsvExportsContract extends MetadataContract {
  private static final Duration PAUSE = Duration.ofMinutes(15);
  private static final Instant EXPIRY = NOON.plus(Duration.ofDays(1));

  private User ada;
  private Device roof;

  private CsvExports exports() {
    return metadata().csvExports();
  }

  @BeforeEach
  void makeDevice() {
    ada = addUser("ada");
    roof = addDevice(ada, "roof");
  }

  @Test
  void aRequestWaitsAlsoOverARestart() throws Exception {
    CsvExport asked = request(roof.id(), "first", NOON).orElseThrow();
    assertThat(asked)
        .isEqualTo(
            new CsvExport(
                asked.id(), roof.id(), ada.id(), "first", NOON, Optional.empty(), EXPIRY));
    reopen();
    assertThat(await(exports().waiting(10))).containsExactly(asked);
    assertThat(await(exports().of(roof.id(), 10))).containsExactly(asked);
    assertThat(await(exports().find(roof.id(), "first"))).contains(asked);
    assertThat(await(exports().names())).containsExactly("first");
  }

  @Test
  void oneDeviceIsAskedForOnceInAWhile() {
    Device cellar = addDevice(addUser("grace"), "cellar");
    assertThat(request(roof.id(), "a", NOON)).isPresent();
    assertThat(request(roof.id(), "b", NOON.plus(PAUSE).minusMillis(1))).isEmpty();
    assertThat(request(cellar.id(), "c", NOON)).isPresent();
    assertThat(request(roof.id(), "d", NOON.plus(PAUSE))).isPresent();
    assertThat(await(exports().waiting(10)))
        .extracting(CsvExport::name)
        .containsExactly("a", "c", "d");
    assertThat(await(exports().waiting(1))).extracting(CsvExport::name).containsExactly("a");
    assertThat(await(exports().of(roof.id(), 1))).extracting(CsvExport::name).containsExactly("d");
  }

  @Test
  void ofManyWhoAskTogetherOneIsHeard() {
    List<Future<Optional<CsvExport>>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++)
      asked.add(exports().request(draft(roof.id(), "n" + i, NOON), NOON.minus(PAUSE)));
    await(Future.all(asked));
    assertThat(asked).filteredOn(one -> one.result().isPresent()).hasSize(1);
  }

  @Test
  void anOutcomeIsGivenOnceAndItsMailGoesWithIt() throws Exception {
    CsvExport asked = request(roof.id(), "a", NOON).orElseThrow();
    Outcome done = new Outcome(NOON.plusSeconds(9), 1234, Optional.empty());
    Mail mail = new Mail("export/1", "ada <a@example.org>", "Ready \u2713", "it is", NOON);
    assertThat(await(exports().finish(asked.id(), done, EXPIRY.plusSeconds(9), Optional.of(mail))))
        .isTrue();
    Mail another = new Mail("export/2", "x", "x", "x", NOON);
    assertThat(await(exports().finish(asked.id(), done, EXPIRY, Optional.of(another)))).isFalse();
    reopen();
    assertThat(await(metadata().mails().due(NOON, 10)))
        .extracting(MailQueue.Waiting::mail)
        .containsExactly(mail);
    CsvExport kept = await(exports().find(roof.id(), "a")).orElseThrow();
    assertThat(kept.outcome()).contains(done);
    assertThat(kept.expiresAt()).isEqualTo(EXPIRY.plusSeconds(9));
    assertThat(await(exports().waiting(10))).isEmpty();
  }

  @Test
  void aFailureIsAnOutcomeToo() {
    CsvExport asked = request(roof.id(), "a", NOON).orElseThrow();
    Outcome failed = new Outcome(NOON, 0, Optional.of("the disk is full"));
    await(exports().finish(asked.id(), failed, EXPIRY, Optional.empty()));
    assertThat(await(exports().of(roof.id(), 10)).get(0).outcome()).contains(failed);
    assertThat(await(metadata().mails().size())).isZero();
  }

  @Test
  void whatExpiredIsForgotten() {
    request(roof.id(), "old", NOON);
    request(roof.id(), "new", NOON.plusSeconds(3600));
    assertThat(await(exports().forget(EXPIRY))).isEmpty();
    assertThat(await(exports().forget(EXPIRY.plusSeconds(1)))).containsExactly("old");
    assertThat(await(exports().names())).containsExactly("new");
    assertThat(await(exports().find(roof.id(), "old"))).isEmpty();
  }

  @Test
  void anotherDevicesNameFindsNothing() {
    Device cellar = addDevice(addUser("grace"), "cellar");
    request(roof.id(), "a", NOON);
    assertThat(await(exports().find(cellar.id(), "a"))).isEmpty();
    assertThat(await(exports().find(roof.id(), "b"))).isEmpty();
    assertThat(await(exports().of(cellar.id(), 10))).isEmpty();
  }

  @Test
  void anArchivedDevicesExportsAreInvisibleUntilTheyAreForgotten() {
    request(roof.id(), "a", NOON);
    await(metadata().devices().archive(roof.id(), NOON));
    assertThat(await(exports().waiting(10))).isEmpty();
    assertThat(await(exports().of(roof.id(), 10))).isEmpty();
    assertThat(await(exports().find(roof.id(), "a"))).isEmpty();
    assertThat(await(exports().forget(EXPIRY.plusSeconds(1)))).containsExactly("a");
  }

  @Test
  void whatDoesNotExistCannotBeAskedFor() {
    DeviceId nowhere = new DeviceId(4711);
    assertThat(Refusal.of(failureOf(exports().request(draft(nowhere, "a", NOON), NOON))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
  }

  private Optional<CsvExport> request(DeviceId device, String name, Instant now) {
    return await(exports().request(draft(device, name, now), now.minus(PAUSE)));
  }

  private CsvExport draft(DeviceId device, String name, Instant now) {
    UserId user = ada.id();
    return new CsvExport(
        0, device, user, name, now, Optional.empty(), now.plus(Duration.ofDays(1)));
  }
}
