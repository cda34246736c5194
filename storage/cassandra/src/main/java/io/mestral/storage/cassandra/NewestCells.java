package io.mestral.storage.cassandra;

import io.mestral.storage.Steps;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cells that the newest readings of devices stand in: a row each in the cluster, and those
 * asked for or written last in memory, too. Of what other nodes change, it reads again what is
 * asked for here and lets go of the rest. Used on one context.
 */
final class NewestCells {
  private static final ByteBuffer NOTHING = new NewestTwo().toCell();

  /** Beyond so many at once, reading them all costs less than asking for them. */
  private static final int FEW = 2000;

  /** Devices in one question. */
  private static final int AT_ONCE = 20;

  private static final int ENTRY_BYTES = 720;
  private static final int SHARE_OF_HEAP = 16;

  /** So many rounds after somebody asked for a device it is still read again when it changes. */
  private static final int ROUNDS = 60;

  private final CassandraSession session;
  private final int most;
  private final LinkedHashMap<Long, Held> held = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Question> underWay = new HashSet<>();
  private Optional<Future<Scan>> scan = Optional.empty();
  private boolean informed = true;
  private int round;

  NewestCells(CassandraSession session, long heap) {
    this.session = session;
    most = (int) Math.max(1000, Math.min(5_000_000, heap / SHARE_OF_HEAP / ENTRY_BYTES));
  }

  /** A device's cell in memory. */
  private static final class Held {
    private final ByteBuffer cell;

    /** Whether this node was the last that changed it, as far as is known. */
    private boolean ours;

    /** The round in which somebody asked for it last. */
    private int asked;

    Held(ByteBuffer cell, boolean ours, int asked) {
      this.cell = cell;
      this.ours = ours;
      this.asked = asked;
    }
  }

  /** On its way to the cluster; what changes meanwhile may be in the answer, or not. */
  private static final class Question {
    private final Set<Long> changed = new HashSet<>();
    private boolean worthless;

    boolean isOutdated(long device) {
      return worthless || changed.contains(device);
    }
  }

  /**
   * What the cluster has.
   *
   * @param whole whether that is all of it
   */
  private record Scan(Map<Long, ByteBuffer> cells, boolean whole) {}

  /** The cells of any number of devices, to be left as they are. */
  Future<Map<Long, ByteBuffer>> of(Collection<Long> devices) {
    Map<Long, ByteBuffer> found = new HashMap<>();
    List<Long> missing = new ArrayList<>();
    for (Long device : devices)
      asked(device).ifPresentOrElse(cell -> found.put(device, cell), () -> missing.add(device));
    if (missing.size() <= FEW) return ask(missing, found);
    return scanned()
        .compose(
            all -> {
              List<Long> left = new ArrayList<>();
              for (Long device : missing) {
                Optional<ByteBuffer> cell =
                    asked(device).or(() -> Optional.ofNullable(all.cells.get(device)));
                if (cell.isPresent()) found.put(device, cell.get());
                else if (all.whole) found.put(device, NOTHING);
                else left.add(device);
              }
              return ask(left, found);
            });
  }

  private Optional<ByteBuffer> asked(Long device) {
    Held known = held.get(device);
    if (known == null) return Optional.empty();
    known.asked = round;
    return Optional.of(known.cell);
  }

  private Future<Map<Long, ByteBuffer>> ask(List<Long> devices, Map<Long, ByteBuffer> found) {
    if (devices.isEmpty()) return Future.succeededFuture(found);
    Question question = begun();
    return inCluster(devices)
        .map(
            cells -> {
              cells.forEach((device, cell) -> found.put(device, read(question, device, cell)));
              return found;
            })
        .onComplete(done -> underWay.remove(question));
  }

  /** What was written meanwhile is newer than what was read. */
  private ByteBuffer read(Question question, long device, ByteBuffer cell) {
    Optional<ByteBuffer> newer = asked(device);
    if (newer.isEmpty() && !question.isOutdated(device)) keep(device, new Held(cell, false, round));
    return newer.orElse(cell);
  }

  /**
   * The cells of devices that are about to be changed here: those that another node may have
   * changed are read again. One call at a time.
   */
  Future<Map<Long, ByteBuffer>> toBeChanged(Collection<Long> devices) {
    Map<Long, ByteBuffer> found = new HashMap<>();
    List<Long> missing = new ArrayList<>();
    for (Long device : devices) {
      Held known = held.get(device);
      if (informed && known != null && known.ours) found.put(device, known.cell);
      else missing.add(device);
    }
    if (missing.isEmpty()) return Future.succeededFuture(found);
    Question question = begun();
    return inCluster(missing)
        .map(
            cells -> {
              cells.forEach(
                  (device, cell) -> {
                    found.put(device, cell);
                    if (!question.isOutdated(device)) written(device, cell);
                  });
              return found;
            })
        .onComplete(done -> underWay.remove(question));
  }

  /** The cluster has this now. */
  void written(long device, ByteBuffer cell) {
    Held before = held.get(device);
    keep(device, new Held(cell, true, before == null ? round - ROUNDS : before.asked));
  }

  /**
   * Other nodes changed what is newest of these devices. Succeeds when nobody is told what was
   * before any more; to be called in rounds, also when there are none.
   */
  Future<Void> changedElsewhere(Collection<Long> devices) {
    informed = true;
    round++;
    Map<Long, Held> wanted = new HashMap<>();
    for (Long device : devices) {
      underWay.forEach(question -> question.changed.add(device));
      Held known = held.get(device);
      if (known == null) continue;
      known.ours = false;
      if (round - known.asked < ROUNDS) wanted.put(device, known);
      else held.remove(device);
    }
    return inCluster(wanted.keySet())
        .map(
            cells -> {
              cells.forEach((device, cell) -> replace(device, wanted.get(device), cell));
              return null;
            });
  }

  private void replace(Long device, Held before, ByteBuffer cell) {
    if (held.get(device) == before) held.put(device, new Held(cell, false, before.asked));
  }

  /** It isn't known what other nodes change. */
  void uninformed() {
    informed = false;
  }

  /** It will never be known what other nodes changed. */
  void forget() {
    held.clear();
    underWay.forEach(question -> question.worthless = true);
  }

  private Question begun() {
    Question question = new Question();
    underWay.add(question);
    return question;
  }

  private Future<Map<Long, ByteBuffer>> inCluster(Collection<Long> devices) {
    Map<Long, ByteBuffer> found = new ConcurrentHashMap<>();
    Iterator<Long> left = List.copyOf(devices).iterator();
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < CassandraSession.WIDTH; lane++)
      lanes.add(Steps.until(() -> askNext(left, found)));
    return Future.all(lanes).map(found);
  }

  /** Succeeds with whether there was none left. */
  private Future<Boolean> askNext(Iterator<Long> left, Map<Long, ByteBuffer> found) {
    List<Long> some = new ArrayList<>(AT_ONCE);
    while (left.hasNext() && some.size() < AT_ONCE) some.add(left.next());
    if (some.isEmpty()) return Future.succeededFuture(true);
    return session
        .each(
            session.bind(Cql.SELECT_NEWEST_OF, some),
            row -> found.put(row.getLong(0), row.getByteBuffer(1)))
        .map(
            done -> {
              for (Long device : some) found.putIfAbsent(device, NOTHING);
              return false;
            });
  }

  /** One at a time: who comes while it runs waits for the same. */
  private Future<Scan> scanned() {
    if (scan.isPresent()) return scan.get();
    Question question = begun();
    Map<Long, ByteBuffer> cells = new ConcurrentHashMap<>();
    Future<Scan> running =
        session
            .until(
                session.bind(Cql.SCAN_NEWEST),
                row -> {
                  if (cells.size() >= most) return false;
                  cells.put(row.getLong(0), row.getByteBuffer(1));
                  return true;
                })
            .map(
                done -> {
                  cells.forEach((device, cell) -> scanned(question, device, cell));
                  shrink();
                  return new Scan(cells, cells.size() < most);
                });
    scan = Optional.of(running);
    return running.onComplete(
        done -> {
          underWay.remove(question);
          scan = Optional.empty();
        });
  }

  private void scanned(Question question, Long device, ByteBuffer cell) {
    if (!question.isOutdated(device))
      held.putIfAbsent(device, new Held(cell, false, round - ROUNDS));
  }

  private void keep(long device, Held cell) {
    held.put(device, cell);
    shrink();
  }

  private void shrink() {
    Iterator<Long> oldest = held.keySet().iterator();
    while (held.size() > most) {
      oldest.next();
      oldest.remove();
    }
  }
}
