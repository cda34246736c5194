package io.mestral.verticles.http.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.account.PartnerAccess.Credentials;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartnerAccessTest {
  @TempDir Path folder;

  @Test
  void allWhoAskFirstGetTheSameCredentials() {
    Vertx vertx = Vertx.vertx();
    Metadata metadata = EmbeddedMetadata.open(vertx, folder, Clock.systemUTC());
    List<UserId> told = new CopyOnWriteArrayList<>();
    PartnerAccess access =
        new PartnerAccess(metadata.forwarding(), new TokenVault(new byte[32]), told::add);
    User ada = Settled.value(metadata.users().add(researcher("ada"), "hash"));
    List<Future<Credentials>> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) asked.add(access.of(ada));
    List<Credentials> answers = Settled.value(Future.all(asked)).list();
    assertThat(answers.get(0).token()).isNotEmpty();
    assertThat(answers).containsOnly(Settled.value(access.of(ada)));
    assertThat(told).containsExactly(ada.id());
    Settled.value(metadata.close());
    Settled.value(vertx.close());
  }

  private static User researcher(String name) {
    Instant now = Instant.EPOCH;
    return new User(
        new UserId(0),
        UUID.randomUUID(),
        name,
        name + "@example.org",
        2,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "0123456789abcdef0123456789abcdef01234567",
        now,
        now);
  }
}
