package io.mestral.node.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.ComponentId;
import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.storage.Mail;
import io.mestral.storage.Metadata;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataInUseTest {
  @TempDir Path temp;
  private final Vertx vertx = Vertx.vertx();
  private EmbeddedMetadata one;
  private EmbeddedMetadata other;
  private MetadataInUse inUse;

  @BeforeEach
  void open() {
    one = EmbeddedMetadata.open(vertx, temp.resolve("one"), Clock.systemUTC());
    other = EmbeddedMetadata.open(vertx, temp.resolve("other"), Clock.systemUTC());
    inUse = new MetadataInUse(one);
  }

  @AfterEach
  void close() {
    Settled.value(one.close());
    Settled.value(other.close());
    Settled.value(vertx.close());
  }

  @Test
  void whileItIsHeldWhatChangesIsRefusedAndWhatReadsIsAnswered() {
    Metadata ports = inUse.ports();
    one.hold("it is being moved");
    assertThat(Settled.failure(ports.mails().add(mail("a")))).hasMessage("it is being moved");
    Settled.isRefused(ports.devices().archive(new DeviceId(1), Instant.EPOCH), Refusal.UNAVAILABLE);
    assertThat(Settled.value(ports.mails().size())).isZero();
    assertThat(Settled.value(ports.users().find(new UserId(1)))).isEmpty();
    assertThat(Settled.value(ports.devices().component(new ComponentId(1)))).isEmpty();
    assertThat(Settled.value(ports.deviceTags().of(List.of(new DeviceId(1))))).isEmpty();
    assertThat(one.isQuiet()).isTrue();
    Settled.value(ports.check());
    one.release();
    Settled.value(ports.mails().add(mail("a")));
    assertThat(Settled.value(one.mails().size())).isOne();
    assertThat(one.isQuiet()).isTrue();
  }

  @Test
  void portsThatSomebodyHasLeadToTheOtherEngineAfterwards() {
    var mails = inUse.ports().mails();
    inUse.use(other);
    Settled.value(mails.add(mail("b")));
    assertThat(Settled.value(one.mails().size())).isZero();
    assertThat(Settled.value(other.mails().size())).isOne();
  }

  private static Mail mail(String event) {
    return new Mail(event, "ada@example.org", "Hello", "there", Instant.EPOCH);
  }
}
