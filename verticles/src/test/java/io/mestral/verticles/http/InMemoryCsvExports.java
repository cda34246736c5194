package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.storage.CsvExport;
import io.mestral.storage.CsvExport.Outcome;
import io.mestral.storage.CsvExports;
import io.mestral.storage.Mail;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Exports in a map. */
public final class InMemoryCsvExports implements CsvExports {
  final InMemoryMails mails = new InMemoryMails();
  final AtomicInteger rounds = new AtomicInteger();
  private final Map<Long, CsvExport> exports = new ConcurrentSkipListMap<>();
  private final AtomicLong ids = new AtomicLong();

  @Override
  public Future<Optional<CsvExport>> request(CsvExport draft, Instant unlessSince) {
    boolean soon =
        exports.values().stream()
            .anyMatch(
                e -> e.device().equals(draft.device()) && e.requestedAt().isAfter(unlessSince));
    if (soon) return Future.succeededFuture(Optional.empty());
    CsvExport made = copy(draft, ids.incrementAndGet(), Optional.empty(), draft.expiresAt());
    exports.put(made.id(), made);
    return Future.succeededFuture(Optional.of(made));
  }

  @Override
  public Future<List<CsvExport>> waiting(int limit) {
    rounds.incrementAndGet();
    return Future.succeededFuture(those(e -> e.outcome().isEmpty()).stream().limit(limit).toList());
  }

  @Override
  public Future<List<CsvExport>> of(DeviceId device, int limit) {
    List<CsvExport> found = new ArrayList<>(those(e -> e.device().equals(device)));
    Collections.reverse(found);
    return Future.succeededFuture(found.stream().limit(limit).toList());
  }

  @Override
  public Future<Optional<CsvExport>> find(DeviceId device, String name) {
    return Future.succeededFuture(
        those(e -> e.device().equals(device) && e.name().equals(name)).stream().findFirst());
  }

  @Override
  public Future<Boolean> finish(long id, Outcome outcome, Instant expiresAt, Optional<Mail> mail) {
    CsvExport export = exports.get(id);
    if (export == null || export.outcome().isPresent()) return Future.succeededFuture(false);
    exports.put(id, copy(export, id, Optional.of(outcome), expiresAt));
    mail.ifPresent(mails::add);
    return Future.succeededFuture(true);
  }

  @Override
  public Future<List<String>> forget(Instant expiredBefore) {
    List<CsvExport> expired = those(e -> e.expiresAt().isBefore(expiredBefore));
    expired.forEach(each -> exports.remove(each.id()));
    return Future.succeededFuture(expired.stream().map(CsvExport::name).toList());
  }

  @Override
  public Future<List<String>> names() {
    return Future.succeededFuture(those(e -> true).stream().map(CsvExport::name).toList());
  }

  private List<CsvExport> those(Predicate<CsvExport> wanted) {
    return exports.values().stream().filter(wanted).toList();
  }

  private static CsvExport copy(CsvExport e, long id, Optional<Outcome> outcome, Instant expires) {
    return new CsvExport(id, e.device(), e.user(), e.name(), e.requestedAt(), outcome, expires);
  }
}
