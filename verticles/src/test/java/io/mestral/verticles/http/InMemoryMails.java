package io.mestral.verticles.http;

import io.mestral.storage.Mail;
import io.mestral.storage.MailQueue;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Mail in a map. */
public final class InMemoryMails implements MailQueue {
  private record Kept(Mail mail, int attempts, Instant due) {}

  private final Map<Long, Kept> mails = new ConcurrentSkipListMap<>();
  private final AtomicLong ids = new AtomicLong();

  @Override
  public Future<Void> add(Mail mail) {
    boolean known = mails.values().stream().anyMatch(k -> k.mail.event().equals(mail.event()));
    if (!known) mails.put(ids.incrementAndGet(), new Kept(mail, 0, mail.createdAt()));
    return Future.succeededFuture();
  }

  @Override
  public Future<List<Waiting>> due(Instant now, int limit) {
    return Future.succeededFuture(
        mails.entrySet().stream()
            .filter(each -> !each.getValue().due.isAfter(now))
            .sorted(Comparator.comparing(each -> each.getValue().due))
            .limit(limit)
            .map(e -> new Waiting(e.getKey(), e.getValue().mail, e.getValue().attempts))
            .toList());
  }

  @Override
  public Future<Boolean> begin(Waiting mail, Instant due) {
    Kept now = mails.get(mail.id());
    boolean first =
        now != null
            && now.attempts == mail.attempts()
            && mails.replace(mail.id(), now, new Kept(now.mail, now.attempts + 1, due));
    return Future.succeededFuture(first);
  }

  @Override
  public Future<Void> postpone(long id, Instant due) {
    mails.computeIfPresent(id, (key, kept) -> new Kept(kept.mail, kept.attempts, due));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> remove(long id) {
    mails.remove(id);
    return Future.succeededFuture();
  }

  @Override
  public Future<Long> size() {
    return Future.succeededFuture((long) mails.size());
  }
}
