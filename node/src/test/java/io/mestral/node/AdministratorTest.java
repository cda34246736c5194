package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.Hidden;
import io.mestral.node.Administrator.Credentials;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdministratorTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void itEnds() throws Exception {
    await(vertx.close());
  }

  @Test
  void nodesThatBeginAtTheSameTimeHaveOneAdministratorWithOneToken() throws Exception {
    EmbeddedMetadata metadata = EmbeddedMetadata.open(vertx, folder, Clock.systemUTC());
    TokenVault vault = new TokenVault(new byte[32]);
    Passwords passwords = new Passwords(vertx, vault);
    Optional<Hidden> given = Optional.of(new Hidden("correct horse"));
    Future<Credentials> one = node(metadata, vault, passwords).ensure(given);
    Future<Credentials> other = node(metadata, vault, passwords).ensure(given);
    assertThat(await(other).token().reveal()).isEqualTo(await(one).token().reveal());
    await(metadata.close());
  }

  private Administrator node(EmbeddedMetadata metadata, TokenVault vault, Passwords passwords) {
    return new Administrator(vertx, metadata, vault, passwords, Clock.systemUTC());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
