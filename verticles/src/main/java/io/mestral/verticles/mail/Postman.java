package io.mestral.verticles.mail;

import io.mestral.config.MailOptions;
import io.mestral.storage.Mail;
import io.mestral.storage.MailQueue;
import io.mestral.storage.MailQueue.Waiting;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries mail from the queue to the mail server, one at a time. While the server is away mail
 * waits, longer from attempt to attempt; what the server won't take now waits alone, and what it
 * will never take is dropped. Belongs to one context.
 *
 * <p>An attempt is noted before it begins, with the time of the next one: whoever else looks into
 * the queue leaves the mail alone, and what a kill cuts short comes again when it is due. It comes
 * again rather than never, under the same {@code Message-ID}.
 */
final class Postman {
  private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
  private static final int ROUND = 20;
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** What could not be sent by then has lost its point. */
  private static final Duration PATIENCE = Duration.ofDays(2);

  private final MailQueue queue;
  private final Route route;
  private final Clock clock;
  private final Counter sent;
  private final Counter failed;
  private final Counter dropped;
  private MailClient server;
  private Future<Boolean> walk = Future.succeededFuture(false);
  private boolean walking;
  private boolean again;
  private boolean stopping;

  /**
   * How mail goes.
   *
   * @param servers makes a client of the mail server
   * @param options whom mail is from
   * @param seal opens letters
   * @param patience how long one mail may take: most of it is the server's time to say yes
   */
  record Route(
      Supplier<MailClient> servers, MailOptions options, LetterSeal seal, Duration patience) {
    String from() {
      return options.from();
    }
  }

  Postman(MailQueue queue, Route route, MeterRegistry meters, Clock clock) {
    this.queue = queue;
    this.route = route;
    this.server = route.servers().get();
    this.clock = clock;
    this.sent = meters.counter("mestral.mail.sent");
    this.failed = meters.counter("mestral.mail.failed");
    this.dropped = meters.counter("mestral.mail.dropped");
  }

  /**
   * Sends what is due; a call while one is under way has that one look again.
   *
   * @return succeeds or fails when the round that is under way ends
   */
  Future<?> walk() {
    again = true;
    if (walking || stopping) return walk;
    walking = true;
    again = false;
    walk =
        round()
            .onComplete(
                done -> {
                  walking = false;
                  if (done.failed()) LOG.warn("mail waits: {}", done.cause().toString());
                  else if (done.result() || again) walk();
                });
    return walk;
  }

  /** Begins no other mail; succeeds when the one under way is dealt with, or takes too long. */
  Future<Void> stop(Duration patience) {
    stopping = true;
    return walk.timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(false) // what is cut short comes again: the attempt is noted
        .compose(done -> server.close());
  }

  /** Succeeds with whether there may be more to send now. */
  private Future<Boolean> round() {
    return queue
        .due(clock.instant(), ROUND)
        .compose(
            due -> {
              Future<Boolean> going = Future.succeededFuture(true);
              for (Waiting waiting : due)
                going = going.compose(on -> on ? next(waiting) : Future.succeededFuture(false));
              return going.map(on -> on && due.size() == ROUND);
            });
  }

  /** Succeeds with whether the next one is worth a try. */
  private Future<Boolean> next(Waiting waiting) {
    if (stopping) return Future.succeededFuture(false);
    Duration pause = pause(waiting);
    if (pause.compareTo(route.patience()) < 0) pause = route.patience();
    return queue
        .begin(waiting, clock.instant().plus(pause))
        .compose(mine -> mine ? send(waiting) : Future.succeededFuture(true));
  }

  private Future<Boolean> send(Waiting waiting) {
    return deliver(waiting.mail())
        .transform(
            outcome -> {
              if (outcome.succeeded()) {
                sent.increment();
                return queue.remove(waiting.id()).map(true);
              }
              failed.increment();
              Throwable why = outcome.cause();
              return isHopeless(why, waiting) ? drop(waiting, why) : postpone(waiting, why);
            });
  }

  private Future<?> deliver(Mail mail) {
    try {
      Letter letter =
          route.seal().open(mail.body()).orElseThrow(() -> new Undeliverable("sealed elsewhere"));
      return server
          .sendMail(message(mail, letter))
          .timeout(route.patience().toMillis(), TimeUnit.MILLISECONDS)
          .onFailure(this::renew);
    } catch (RuntimeException unreadable) {
      return Future.failedFuture(new Undeliverable(unreadable.getMessage()));
    }
  }

  private MailMessage message(Mail mail, Letter letter) {
    MailMessage message =
        new MailMessage()
            .setFrom(letter.sender().of(route.from()))
            .setTo(mail.recipient())
            .setSubject(mail.subject())
            .setText(letter.text())
            .addHeader("Message-ID", id(mail))
            .addHeader("Auto-Submitted", "auto-generated");
    if (!letter.html().isEmpty()) message.setHtml(letter.html());
    route.options().replyTo().ifPresent(address -> message.addHeader("Reply-To", address));
    letter
        .unsubscribe()
        .ifPresent(
            url ->
                message
                    .addHeader("List-Unsubscribe", "<" + url + ">")
                    .addHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")); // RFC 8058
    return message;
  }

  /** A client that lost its connection at the wrong moment never says so, and sends no more. */
  private void renew(Throwable why) {
    if (!(why instanceof TimeoutException) || stopping) return;
    server.close();
    server = route.servers().get();
  }

  /** The same for every attempt, so that a mail that was sent twice is seen to be one. */
  private String id(Mail mail) {
    String domain = route.from().substring(route.from().indexOf('@') + 1).replace(">", "");
    byte[] seed = (mail.event() + "\n" + mail.createdAt()).getBytes(StandardCharsets.UTF_8);
    return "<" + UUID.nameUUIDFromBytes(seed) + "@" + domain + ">";
  }

  private boolean isHopeless(Throwable why, Waiting waiting) {
    Instant latest = waiting.mail().createdAt().plus(PATIENCE);
    return why instanceof Undeliverable
        || Setback.of(why) == Setback.THIS_MAIL_FOR_EVER
        || clock.instant().isAfter(latest);
  }

  private Future<Boolean> drop(Waiting waiting, Throwable why) {
    dropped.increment();
    LOG.warn("mail {} is dropped: {}", waiting.mail().event(), why.toString());
    return queue.remove(waiting.id()).map(true);
  }

  /** One address that is refused holds nobody else's mail up: anyone may sign up with one. */
  private Future<Boolean> postpone(Waiting waiting, Throwable why) {
    Duration pause = pause(waiting);
    LOG.warn("mail {} waits for {}: {}", waiting.mail().event(), pause, why.toString());
    return queue
        .postpone(waiting.id(), clock.instant().plus(pause))
        .map(Setback.of(why) != Setback.EVERY_MAIL);
  }

  private static Duration pause(Waiting waiting) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(waiting.attempts(), 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  /** No mail can be made of it. */
  private static final class Undeliverable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undeliverable(String message) {
      super(message, null, false, false);
    }
  }
}
