package io.mestral.node.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.reading.Digest;
import io.mestral.storage.MovableMetadata;
import io.mestral.storage.MovableMetadata.Table;
import io.mestral.storage.Settled;
import io.mestral.storage.TableRow;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.postgresql.PostgresMetadata;
import io.mestral.storage.postgresql.server.TestDatabase;
import io.mestral.storage.postgresql.server.TestPostgres;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Between a file and a real PostgreSQL, with something in every table. */
@Timeout(120)
class MetadataMoveTest {
  @TempDir Path temp;
  private final Vertx vertx = Vertx.vertx();
  private final List<MovableMetadata> opened = new ArrayList<>();
  private final List<TestDatabase> databases = new ArrayList<>();
  private final AtomicInteger commits = new AtomicInteger();
  private MovableMetadata full;

  @BeforeEach
  void fill() throws IOException {
    full = postgres();
    Optional<String> filling = filling(1);
    for (int step = 2; filling.isPresent(); step++) {
      databases.get(0).execute(filling.get());
      filling = filling(step);
    }
  }

  @AfterEach
  void close() {
    opened.forEach(metadata -> Settled.value(metadata.close()));
    databases.forEach(TestDatabase::drop);
    Settled.value(vertx.close());
  }

  @Test
  void everyTableGoesToAFileAndBackAsItWas() {
    Map<String, Digest> before = digests(full);
    assertThat(before.values()).allMatch(digest -> digest.count() > 0);

    MovableMetadata file = embedded("file");
    MetadataInUse inUse = new MetadataInUse(full);
    move(inUse, file, () -> false);
    assertThat(inUse.engine()).isSameAs(file);
    assertThat(digests(file)).isEqualTo(before);

    MovableMetadata again = postgres();
    move(inUse, again, () -> false);
    assertThat(inUse.engine()).isSameAs(again);
    assertThat(digests(again)).isEqualTo(before);
    assertThat(commits).hasValue(2);
  }

  @Test
  void numbersThatWereGivenAwayAreNotGivenAgain() {
    databases.get(0).execute("SELECT setval(pg_get_serial_sequence('devices', 'id'), 4711)");
    MovableMetadata file = embedded("file");
    MetadataInUse inUse = new MetadataInUse(full);
    move(inUse, file, () -> false);
    assertThat(Settled.value(file.numbers())).containsEntry("devices", 4711L);
    MovableMetadata again = postgres();
    move(inUse, again, () -> false);
    assertThat(Settled.value(again.numbers())).containsEntry("devices", 4711L);
    assertThat(databases.get(1).value("SELECT nextval(pg_get_serial_sequence('devices', 'id'))"))
        .isEqualTo("4712");
  }

  @Test
  void anAttemptThatBrokeOffIsBegunAnew() {
    MovableMetadata file = embedded("file");
    MetadataInUse inUse = new MetadataInUse(full);
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(() -> move(inUse, file, () -> asked.incrementAndGet() > 30))
        .isInstanceOf(MoveBroken.class);
    assertThat(inUse.engine()).isSameAs(full);
    assertThat(commits).hasValue(0);
    Settled.value(inUse.ports().forwarding().addDestination("afterwards")); // nothing is held
    move(inUse, file, () -> false);
    assertThat(digests(file)).isEqualTo(digests(full));
  }

  @Test
  void fewLargeThingsAreInMemoryAtATime() {
    Map<String, Integer> asked = new TreeMap<>();
    MetadataInUse inUse =
        new MetadataInUse(
            (MovableMetadata)
                Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {MovableMetadata.class},
                    (self, method, arguments) -> {
                      if (method.getName().equals("rows"))
                        asked.put(((Table) arguments[0]).name(), (Integer) arguments[2]);
                      return method.invoke(full, arguments);
                    }));
    MovableMetadata file = embedded("file");
    move(inUse, file, () -> false);
    assertThat(digests(file)).isEqualTo(digests(full));
    for (String large : List.of("held_messages", "profile_pictures", "entities"))
      assertThat(asked.get(large)).as(large).isLessThanOrEqualTo(16);
    assertThat(asked.get("users")).isGreaterThanOrEqualTo(100);
  }

  @Test
  void aFileOfNobodyIsEmptyAlthoughTheCatalogueIsThere() {
    assertThat(MetadataMove.isEmpty(embedded("file"))).isTrue();
    assertThat(MetadataMove.isEmpty(postgres())).isTrue();
    assertThat(MetadataMove.isEmpty(full)).isFalse();
  }

  private void move(MetadataInUse inUse, MovableMetadata to, BooleanSupplier stopped) {
    new MetadataMove(
            inUse,
            to,
            Duration.ofSeconds(10),
            new MoveProgress(),
            stopped,
            commits::incrementAndGet)
        .run();
  }

  private MovableMetadata postgres() {
    TestDatabase database = TestPostgres.shared().emptyDatabase();
    databases.add(database);
    MovableMetadata metadata = PostgresMetadata.open(vertx, database.options());
    opened.add(metadata);
    return metadata;
  }

  private MovableMetadata embedded(String name) {
    MovableMetadata metadata = EmbeddedMetadata.open(vertx, temp.resolve(name), Clock.systemUTC());
    opened.add(metadata);
    return metadata;
  }

  /** What a step of the schema was filled with when it was the last one. */
  private static Optional<String> filling(int step) throws IOException {
    String name = "/io/mestral/storage/postgresql/filled/%04d.sql".formatted(step);
    try (InputStream in = MetadataMoveTest.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Map<String, Digest> digests(MovableMetadata metadata) {
    Map<String, Digest> all = new TreeMap<>();
    for (Table table : Settled.value(metadata.tables())) {
      Digest digest = Digest.NONE;
      for (TableRow row : Settled.value(metadata.rows(table, Optional.empty(), 10_000)))
        digest = digest.and(inOrder(table, row).digest());
      all.put(table.name(), digest);
    }
    return all;
  }

  /** The engines may name columns in different orders. */
  private static TableRow inOrder(Table table, TableRow row) {
    Map<String, Object> values = new TreeMap<>();
    for (int i = 0; i < table.columns().size(); i++)
      values.put(table.columns().get(i), row.values().get(i));
    return new TableRow(List.copyOf(values.values()));
  }
}
