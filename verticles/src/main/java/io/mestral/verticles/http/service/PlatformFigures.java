package io.mestral.verticles.http.service;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Device;
import io.mestral.model.reading.Latest;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Paging;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Steps;
import io.mestral.storage.UserRegistry;
import io.mestral.storage.Visibility;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code GET /v0/metrics} (spec 2.16): how many devices and users there are, and how many devices
 * were heard of late. All devices are gone through for it, so the figures are up to a minute old.
 */
public final class PlatformFigures {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration NOW = Duration.ofMinutes(10);

  private final DeviceRegistry devices;
  private final UserRegistry users;
  private final ReadingStore readings;
  private final Clock clock;
  private final AtomicReference<Counted> last = new AtomicReference<>();

  /** Counts what is there. */
  public PlatformFigures(
      DeviceRegistry devices, UserRegistry users, ReadingStore readings, Clock clock) {
    this.devices = devices;
    this.users = users;
    this.readings = readings;
    this.clock = clock;
  }

  private record Counted(Future<Figures> figures, Instant begunAt) {
    boolean isFresh(Instant now) {
      return !figures.failed()
          && !now.isBefore(begunAt)
          && Duration.between(begunAt, now).compareTo(FRESH) < 0;
    }
  }

  /** The figures. */
  public Future<Answer> show(Exchange exchange) {
    return figures().map(figures -> Answer.ok(figures::write));
  }

  private Future<Figures> figures() {
    Instant now = clock.instant();
    Counted before = last.get();
    if (before != null && before.isFresh(now)) return before.figures;
    Counted counted = new Counted(count(now), now);
    last.set(counted);
    return counted.figures;
  }

  private Future<Figures> count(Instant now) {
    Figures figures = new Figures(now);
    return users
        .count()
        .compose(
            number -> {
              figures.users = number;
              return Steps.until(() -> page(figures));
            })
        .map(figures);
  }

  /** Succeeds with whether this was the last page. */
  private Future<Boolean> page(Figures figures) {
    Paging paging = new Paging(++figures.pages, Paging.MAX_SIZE);
    return devices
        .list(Visibility.ALL, paging)
        .compose(
            page -> {
              page.items().forEach(figures::add);
              List<DeviceId> ids = page.items().stream().map(Device::id).toList();
              return readings
                  .latest(ids)
                  .map(
                      latest -> {
                        latest.values().forEach(figures::heard);
                        return ids.size() < Paging.MAX_SIZE;
                      });
            });
  }

  /** Filled in by one page after the other. */
  private static final class Figures {
    private final Instant[] since;
    private final long[] online = new long[6];
    private int pages;
    private long users;
    private long total;
    private long hidden;
    private long tests;

    Figures(Instant now) {
      ZonedDateTime today = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
      since =
          new Instant[] {
            now.minus(NOW),
            now.minus(Duration.ofHours(1)),
            today.toInstant(),
            today.withDayOfMonth(1).toInstant(),
            today.withDayOfYear(1).toInstant(),
            Instant.MIN
          };
    }

    void add(Device device) {
      total++;
      if (device.policy().isPrivate()) hidden++;
      if (device.policy().isTest()) tests++;
    }

    void heard(Map<SensorId, Latest> latest) {
      if (latest.isEmpty()) return;
      long newest = latest.values().stream().mapToLong(Latest::epochSecond).max().orElseThrow();
      Instant at = Instant.ofEpochSecond(newest);
      for (int i = 0; i < since.length; i++) if (!at.isBefore(since[i])) online[i]++;
    }

    void write(JsonWriter json) {
      json.object(
          () -> {
            json.object("devices", () -> devices(json));
            json.object(
                "users",
                () -> json.field("total", users).object("online", () -> json.nothing("now")));
          });
    }

    private void devices(JsonWriter json) {
      json.field("total", total)
          .field("private", hidden)
          .field("test", tests)
          .object(
              "online",
              () ->
                  json.field("now", online[0])
                      .field("last_hour", online[1])
                      .field("today", online[2])
                      .field("this_month", online[3])
                      .field("this_year", online[4])
                      .field("all_time", online[5]))
          .object(
              "readings",
              () -> json.object("good", () -> {}).object("bad", () -> {}).nothing("total"));
    }
  }
}
