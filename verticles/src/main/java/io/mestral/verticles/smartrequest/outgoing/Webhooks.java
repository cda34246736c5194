package io.mestral.verticles.smartrequest.outgoing;

import io.mestral.model.access.Principal;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.routing.request.open.ClientLink;
import io.mestral.routing.request.open.GatewayLink.Client;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.unit.QudtFamily;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients at the HTTP interface that they announced of themselves (Smart API, section 8.7):
 * once or more often, in whatever order, and tried again three times within ten minutes. What waits
 * is in memory alone.
 */
public final class Webhooks implements ClientLink {
  /** How long after a try that failed the next one is. */
  public static final List<Duration> USUAL_PAUSES =
      List.of(Duration.ofSeconds(15), Duration.ofMinutes(2), Duration.ofSeconds(465));

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_OF_ONE = 100;
  private static final int MOST = 5_000;
  private static final int FIRST_NOT_TAKEN = 300;
  private static final int OK = 200;

  private final EntityDirectory directory;
  private final HttpPost http;
  private final QudtFamily units;
  private final Vertx vertx;
  private final List<Duration> pauses;
  private final MessageWriter writer = new MessageWriter();
  private final Map<Iri, Integer> ofOne = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();

  /**
   * Of the clients in this directory.
   *
   * @param units how they are named to clients that are told something
   * @param pauses before each time that it is tried again
   */
  public Webhooks(
      EntityDirectory directory,
      HttpPost http,
      QudtFamily units,
      Vertx vertx,
      List<Duration> pauses) {
    this.directory = directory;
    this.http = http;
    this.units = units;
    this.vertx = vertx;
    this.pauses = List.copyOf(pauses);
  }

  @Override
  public Future<Boolean> tell(Client client, Graph message, Iri node) {
    if (target(client).isEmpty()) return Future.succeededFuture(false);
    if (!enter(client.iri())) {
      LOG.warn("too much waits for {}, which isn't told {}", client.iri(), node);
      return Future.succeededFuture(false);
    }
    Promise<Boolean> told = Promise.promise();
    attempt(new News(client, Message.at(message, node), told), 0);
    return told.future();
  }

  /** What a client is told, and whether it took it in the end. */
  private record News(Client client, Message message, Promise<Boolean> told) {}

  private void end(News news, boolean isTaken) {
    leave(news.client().iri());
    news.told().complete(isTaken);
  }

  /**
   * Where a client is. What others say of it doesn't count, and what a visitor calls itself is no
   * reason to call anybody.
   */
  private Optional<Target> target(Client client) {
    if (client.principal().equals(Principal.ANONYMOUS.name())) return Optional.empty();
    return directory
        .find(client.iri())
        .filter(entity -> isSaidByItself(entity, client))
        .flatMap(Target::of);
  }

  private boolean isSaidByItself(Entity entity, Client client) {
    return directory.owner(client.iri()).filter(client.iri()::equals).isPresent()
        || directory.managers(entity).stream()
            .findFirst()
            .map(Principal::nameOfGateway)
            .filter(client.principal()::equals)
            .isPresent();
  }

  private boolean enter(Iri client) {
    if (all.incrementAndGet() <= MOST && ofOne.merge(client, 1, Integer::sum) <= MOST_OF_ONE)
      return true;
    leave(client);
    return false;
  }

  private void leave(Iri client) {
    all.decrementAndGet();
    ofOne.computeIfPresent(client, (same, count) -> count <= 1 ? null : count - 1);
  }

  private void attempt(News news, int failed) {
    Optional<Target> target = target(news.client()); // which may be another than before
    if (target.isEmpty()) {
      end(news, false);
      return;
    }
    Manner manner = Manner.unasked(units).in(target.get().syntax());
    http.post(target.get(), writer.write(news.message(), manner), PATIENCE)
        .onFailure(cause -> again(news, failed, cause.toString()))
        .onSuccess(
            reply -> {
              boolean isTaken = reply.status() >= OK && reply.status() < FIRST_NOT_TAKEN;
              if (isTaken) end(news, true);
              else again(news, failed, "it answers " + reply.status());
            });
  }

  private void again(News news, int failed, String why) {
    Iri client = news.client().iri();
    if (failed >= pauses.size()) {
      LOG.warn("{} isn't told {}: {}", client, news.message().node(), why);
      end(news, false);
      return;
    }
    LOG.info("{} isn't told {} now: {}", client, news.message().node(), why);
    vertx.setTimer(pauses.get(failed).toMillis(), later -> attempt(news, failed + 1));
  }
}
