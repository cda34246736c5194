package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.storage.AuditLog.Filter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every audit log promises. */
public abstract class AuditLogContract extends MetadataContract {
  private static final UserId ADA = new UserId(7);
  private static final UserId BOB = new UserId(8);
  private AuditLog log;

  @BeforeEach
  void look() {
    log = metadata().auditLog();
  }

  @Test
  void whatIsWrittenIsReadNewestFirstInPages() {
    for (int i = 0; i < 5; i++) write(ADA, ADA, "PATCH /v0/me", NOON.plusSeconds(i));
    Page<AuditEntry> second = await(log.list(Filter.ALL, new Paging(2, 2)));
    assertThat(second.total()).isEqualTo(5);
    assertThat(second.items())
        .extracting(AuditEntry::at)
        .containsExactly(NOON.plusSeconds(2), NOON.plusSeconds(1));
  }

  @Test
  void anEntryKeepsEverything() {
    AuditEntry entry =
        new AuditEntry(
            0,
            NOON,
            Optional.of(ADA),
            "PATCH /v0/devices/:id",
            Optional.of("device 7"),
            Optional.of(BOB),
            "2001:db8::1",
            403,
            List.of("name", "password"));
    await(log.append(entry));
    await(
        log.append(
            new AuditEntry(
                0,
                NOON,
                Optional.empty(),
                "POST /v0/users",
                Optional.empty(),
                Optional.empty(),
                "",
                201,
                List.of())));
    List<AuditEntry> found = all(Filter.ALL);
    assertThat(found.get(1)).usingRecursiveComparison().ignoringFields("id").isEqualTo(entry);
    assertThat(found.get(0).actor()).isEmpty();
    assertThat(found.get(0).fields()).isEmpty();
    assertThat(found.get(0).id()).isGreaterThan(found.get(1).id());
  }

  @Test
  void itIsNarrowedByPeopleActionsAndTimes() {
    write(ADA, ADA, "PATCH /v0/me", NOON);
    write(BOB, ADA, "PATCH /v0/devices/:id", NOON.plusSeconds(1));
    write(BOB, BOB, "DELETE /v0/devices/:id", NOON.plusSeconds(2));
    Optional<UserId> none = Optional.empty();
    assertThat(all(Filter.concerning(ADA))).hasSize(2);
    assertThat(all(Filter.concerning(BOB))).hasSize(2);
    assertThat(all(filter(none, Optional.of(BOB), Optional.of("DELETE")))).hasSize(1);
    assertThat(all(filter(Optional.of(ADA), Optional.of(BOB), Optional.empty()))).hasSize(1);
    assertThat(all(filter(none, none, Optional.of("PATCH /v0/")))).hasSize(2);
    assertThat(all(Filter.ALL.until(NOON))).hasSize(1);
    Filter late =
        new Filter(
            none, none, Optional.empty(), Optional.of(NOON.plusSeconds(2)), Optional.empty());
    assertThat(all(late)).hasSize(1);
  }

  @Test
  void whatIsOldIsForgotten() {
    write(ADA, ADA, "PATCH /v0/me", NOON);
    write(ADA, ADA, "PATCH /v0/me", NOON.plusSeconds(9));
    assertThat(await(log.forget(NOON.plusSeconds(9)))).isEqualTo(1);
    assertThat(all(Filter.ALL)).hasSize(1);
  }

  private static Filter filter(
      Optional<UserId> concerning, Optional<UserId> actor, Optional<String> action) {
    return new Filter(concerning, actor, action, Optional.empty(), Optional.empty());
  }

  private List<AuditEntry> all(Filter filter) {
    return await(log.list(filter, new Paging(1, 100))).items();
  }

  private void write(UserId actor, UserId owner, String action, Instant at) {
    await(
        log.append(
            new AuditEntry(
                0,
                at,
                Optional.of(actor),
                action,
                Optional.of("thing"),
                Optional.of(owner),
                "127.0.0.1",
                200,
                List.of())));
  }
}
