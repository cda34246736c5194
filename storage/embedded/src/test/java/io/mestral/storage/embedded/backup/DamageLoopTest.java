package io.mestral.storage.embedded.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.storage.Settled;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies of a data folder as a kill left it, each with something done to one of its files: the
 * stores open every time, at most what was damaged is lost, nothing is made up, and the loss is
 * named. More of them: {@code DAMAGED_COPIES=10000 ./mestral test --only storage/embedded}.
 */
class DamageLoopTest {
  private static final int COPIES = (int) setting("DAMAGED_COPIES", 200);
  private static final long SEED = setting("SEED", System.nanoTime());
  private static final long MARCH = 1_772_323_200L; // 2026-03-01T00:00:00Z
  private static final int DAY = 86_400;
  private static final int DEVICES = 8;
  private static final int A_DAYS_READINGS = 60;

  /** A block of so many random values takes more than this, a batch of five, too. */
  private static final int SMALLEST_BLOCK = 400;

  private static final int SMALLEST_RECORD = 60;

  @TempDir Path temp;
  private final Vertx vertx = Vertx.vertx();
  private final Map<Integer, Map<Long, Double>> sealed = new TreeMap<>();
  private final Map<Integer, Map<Long, Double>> unsealed = new TreeMap<>();
  private final Set<String> users = new HashSet<>();
  private Path whole;

  @BeforeEach
  void makeAFolder() throws IOException {
    Path data = temp.resolve("data");
    Random random = new Random(7);
    StoresOnDisk node = new StoresOnDisk(vertx, data, 100_000);
    for (int month = 0; month < 3; month++)
      for (int day = 0; day < 6; day++)
        for (int device = 1; device <= DEVICES; device++) {
          long from = MARCH + (month * 31L + day) * DAY;
          append(node, device, from, A_DAYS_READINGS, random, sealed);
        }
    for (int i = 0; i < 20; i++) addUser(node, "early" + i);
    node.close(); // seals, and takes a snapshot
    node = new StoresOnDisk(vertx, data, 100_000);
    for (int i = 0; i < 100; i++)
      append(node, 1 + i % DEVICES, MARCH + 70L * DAY + i * 300L, 5, random, unsealed);
    addUser(node, "late");
    whole = temp.resolve("whole");
    copy(data, whole);
    node.close();
  }

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void everyDamagedCopyOpensAndLosesAtMostWhatWasDamaged() throws Exception {
    System.err.printf("damaged copies %d, seed %d%n", COPIES, SEED);
    Random random = new Random(SEED);
    List<String> files = new ArrayList<>(Disk.filesBelow(whole));
    Map<Damage.Kind, Integer> kinds = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    long lost = 0;
    for (int i = 0; i < COPIES; i++) {
      Path data = temp.resolve("copy-" + i);
      copy(whole, data);
      Damage damage = Damage.to(data, files.get(random.nextInt(files.size())), random);
      kinds.merge(damage.kind(), 1, Integer::sum);
      try {
        lost += check(data, damage);
      } catch (AssertionError | Exception failure) {
        failures.add("copy " + i + " of seed " + SEED + ": " + damage + ": " + failure);
      }
      Disk.clear(data, false);
    }
    System.err.printf("damaged copies %s, readings lost in all %d%n", kinds, lost);
    assertThat(failures).isEmpty();
  }

  private long check(Path data, Damage damage) throws Exception {
    StoresOnDisk node = new StoresOnDisk(vertx, data, 100_000);
    try {
      for (int device = 1; device <= DEVICES; device++) node.read(device); // calls for repairs
      for (int device = 1; device <= DEVICES; device++) latest(node, device);
      for (int turn = 0; turn < 2; turn++) // waits for them, also for those that call for others
      Settled.value(node.readings.freeze(node.journal::freeze)).close();
      int lostBlocks = 0;
      int lostRecords = 0;
      for (int device = 1; device <= DEVICES; device++) {
        Map<Long, Double> found = found(node, device);
        lostBlocks += missing(sealed.get(device), found, damage) / A_DAYS_READINGS;
        lostRecords += missing(unsealed.get(device), found, damage) / 5;
        assertThat(found).as("nothing is made up for device %d", device).isEmpty();
      }
      assertBounds(damage, lostBlocks, lostRecords);
      assertUsers(node, damage);
      if ((lostBlocks > 0 || lostRecords > 0) && isNoticeable(damage)) assertNamed(node);
      latestFollow(node);
      append(node, 1, MARCH + 80L * DAY, 5, new Random(1), new TreeMap<>());
      return lostBlocks * (long) A_DAYS_READINGS + lostRecords * 5L;
    } finally {
      node.close();
    }
  }

  /** How many are missing; the rest must be what it was, and is taken out. */
  private static int missing(Map<Long, Double> wanted, Map<Long, Double> found, Damage damage) {
    int missing = 0;
    for (Map.Entry<Long, Double> reading : wanted.entrySet()) {
      Double value = found.remove(reading.getKey());
      if (value == null) missing++;
      else assertThat(value).as("second %d", reading.getKey()).isEqualTo(reading.getValue());
    }
    return missing;
  }

  private static void assertBounds(Damage damage, int blocks, int records) {
    boolean month = damage.file().startsWith("readings/readings-");
    boolean journal = damage.file().startsWith("journal/");
    if (!month) assertThat(blocks).as("blocks lost").isZero();
    if (!journal) assertThat(records).as("records lost").isZero();
    if (damage.isWhole()) return;
    assertThat(blocks).isLessThanOrEqualTo((int) damage.touched(8192) * 8192 / SMALLEST_BLOCK);
    assertThat(records).isLessThanOrEqualTo((int) damage.touchedAnywhere(SMALLEST_RECORD));
  }

  private void assertUsers(StoresOnDisk node, Damage damage) {
    Set<String> found = new HashSet<>();
    for (int id = 1; id <= 60; id++)
      Settled.value(node.metadata.users().find(new UserId(id)))
          .ifPresent(user -> found.add(user.username()));
    boolean metadata = damage.file().startsWith("metadata.db");
    Set<String> due = new HashSet<>(users);
    if (metadata) due.remove("late");
    assertThat(found).as("users").containsAll(due);
  }

  /** A journal that was cut between two records looks like one that ended there. */
  private static boolean isNoticeable(Damage damage) {
    boolean ended = damage.kind() == Damage.Kind.CUT_TAIL && damage.file().startsWith("journal/");
    return !damage.isWhole() && !ended;
  }

  private static void assertNamed(StoresOnDisk node) throws IOException {
    Inspection.Result result =
        new Inspection(node.sources(), new Progress(), Pace.unbounded()).run();
    assertThat(result.problems().size() + result.setAside().size()).as("named").isPositive();
  }

  /** The newest value of a device is the last one that is read. */
  private static void latestFollow(StoresOnDisk node) {
    for (int device = 1; device <= DEVICES; device++) {
      Samples samples = node.read(device);
      Optional<Latest> latest = latest(node, device);
      if (samples.size() == 0) continue;
      int last = samples.size() - 1;
      assertThat(latest.map(Latest::epochSecond)).as("latest").contains(samples.time(last));
      assertThat(latest.map(Latest::value)).as("latest").contains(samples.value(last));
    }
  }

  private static Optional<Latest> latest(StoresOnDisk node, int device) {
    DeviceId id = new DeviceId(device);
    return Optional.ofNullable(
        Settled.value(node.readings.latest(List.of(id))).get(id).get(new SensorId(55)));
  }

  private static Map<Long, Double> found(StoresOnDisk node, int device) {
    Map<Long, Double> found = new TreeMap<>();
    Samples samples = node.read(device);
    for (int i = 0; i < samples.size(); i++) found.put(samples.time(i), samples.value(i));
    return found;
  }

  private static void append(
      StoresOnDisk node,
      int device,
      long from,
      int count,
      Random random,
      Map<Integer, Map<Long, Double>> remembered) {
    List<Reading> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Reading reading =
          new Reading(
              new DeviceId(device), new SensorId(55), from + i * 60L, random.nextGaussian());
      batch.add(reading);
      remembered
          .computeIfAbsent(device, none -> new TreeMap<>())
          .put(reading.epochSecond(), reading.value());
    }
    Settled.value(node.readings.append(batch));
  }

  private void addUser(StoresOnDisk node, String name) {
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    User user =
        new User(
            new UserId(0),
            UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            name,
            name + "@example.org",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "0123456789abcdef0123456789abcdef01234567",
            now,
            now);
    Settled.value(node.metadata.users().add(user, "hash"));
    users.add(name);
  }

  private static void copy(Path from, Path to) throws IOException {
    for (String name : Disk.filesBelow(from)) {
      Files.createDirectories(to.resolve(name).getParent());
      Files.copy(from.resolve(name), to.resolve(name));
    }
  }

  private static long setting(String name, long fallback) {
    return Optional.ofNullable(System.getenv(name)).map(Long::valueOf).orElse(fallback);
  }
}
