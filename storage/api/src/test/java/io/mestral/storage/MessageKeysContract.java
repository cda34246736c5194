package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.SealedToken;
import io.mestral.storage.TrustedKeyRecord.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of keys for messages, whichever engine keeps it. */
public abstract class MessageKeysContract extends MetadataContract {
  private static final Duration DAY = Duration.ofDays(1);

  private static NodeKey key(String name, Instant made, Optional<Instant> end) {
    SealedToken sealed = new SealedToken("hash-of-" + name, new byte[] {1, 2, 3});
    return new NodeKey(name, "z-" + name, sealed, made, end);
  }

  private static NodeKey key(String name, Instant made) {
    return key(name, made, Optional.empty());
  }

  private boolean replace(Instant end, NodeKey... fresh) {
    return await(metadata().nodeKeys().replace(List.of(fresh), end));
  }

  @Test
  void keysThatAreReplacedEndNoLaterThanSaidAndNeverLaterThanBefore() throws Exception {
    Instant later = NOON.plus(DAY);
    assertThat(replace(NOON, key("key-1", NOON), key("key-2", NOON))).isTrue();
    assertThat(replace(later.plus(DAY), key("key-3", later))).isTrue();
    assertThat(replace(later.plus(DAY).plus(DAY), key("key-4", later.plus(DAY)))).isTrue();
    reopen();
    assertThat(await(metadata().nodeKeys().list()))
        .containsExactly(
            key("key-1", NOON, Optional.of(later.plus(DAY))),
            key("key-2", NOON, Optional.of(later.plus(DAY))),
            key("key-3", later, Optional.of(later.plus(DAY).plus(DAY))),
            key("key-4", later.plus(DAY)));
  }

  @Test
  void aNameThatIsTakenChangesNothing() {
    NodeKey first = key("key-1", NOON);
    assertThat(replace(NOON, first)).isTrue();
    assertThat(replace(NOON.plus(DAY), key("key-1", NOON.plus(DAY)))).isFalse();
    assertThat(await(metadata().nodeKeys().list())).containsExactly(first);
  }

  @Test
  void whatHasEndedIsForgottenAndNothingElse() {
    replace(NOON, key("key-1", NOON));
    replace(NOON.plus(DAY), key("key-2", NOON));
    assertThat(await(metadata().nodeKeys().removeEnded(NOON))).isZero();
    assertThat(await(metadata().nodeKeys().removeEnded(NOON.plus(DAY)))).isEqualTo(1);
    assertThat(await(metadata().nodeKeys().list())).containsExactly(key("key-2", NOON));
  }

  @Test
  void whoIsBelievedIsKeptOnceUntilRemoved() throws Exception {
    TrustedKeyRecord ada =
        new TrustedKeyRecord("https://example.org/ada#1", Kind.KEY, "urn:x:ada", "z6M", NOON);
    TrustedKeyRecord root =
        new TrustedKeyRecord("urn:sha256:00", Kind.AUTHORITY, "CN=Root", "MII", NOON);
    assertThat(await(metadata().trustedKeys().add(root))).isTrue();
    assertThat(await(metadata().trustedKeys().add(ada))).isTrue();
    TrustedKeyRecord other = new TrustedKeyRecord(ada.id(), Kind.KEY, "urn:x:eve", "z6N", NOON);
    assertThat(await(metadata().trustedKeys().add(other))).isFalse();
    reopen();
    assertThat(await(metadata().trustedKeys().list())).containsExactly(ada, root);
    assertThat(await(metadata().trustedKeys().remove(ada.id()))).isTrue();
    assertThat(await(metadata().trustedKeys().remove(ada.id()))).isFalse();
    assertThat(await(metadata().trustedKeys().list())).containsExactly(root);
  }
}
