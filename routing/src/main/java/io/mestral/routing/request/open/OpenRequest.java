package io.mestral.routing.request.open;

import io.mestral.routing.request.Asker;
import io.mestral.routing.request.RequestDigest;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that isn't answered by all who have a part in it. */
final class OpenRequest {
  /** The part that this node itself has. */
  static final String HERE = "";

  private final long process;
  private final Request request;
  private final Received received;
  private final String principal;
  private final Instant expires;
  private final Map<String, Leg> legs = new LinkedHashMap<>();
  private final List<RequestLog.Place> places = new ArrayList<>();
  private final Promise<Message> answer = Promise.promise();
  private Optional<Asker> asker = Optional.empty();
  private Optional<byte[]> digest = Optional.empty();
  private boolean isEncrypted;
  private boolean isWritten;
  private boolean isDeferred;
  private boolean isEnding;
  private long sequence;

  /**
   * A request of which nothing is done.
   *
   * @param received as it is passed on
   * @param principal the name of whom its sender speaks for
   */
  OpenRequest(long process, Received received, String principal, Instant expires) {
    this.process = process;
    this.request = (Request) received.message();
    this.received = received;
    this.principal = principal;
    this.expires = expires;
  }

  long process() {
    return process;
  }

  Request request() {
    return request;
  }

  Received received() {
    return received;
  }

  String principal() {
    return principal;
  }

  Iri name() {
    return request.iri().orElseThrow();
  }

  Iri sender() {
    return request.generatedBy().orElseThrow();
  }

  Instant expires() {
    return expires;
  }

  /** Whose it is; empty until that was looked up, after a restart. */
  Optional<Asker> asker() {
    return asker;
  }

  void of(Asker whose) {
    asker = Optional.of(whose);
  }

  /** Whether it came encrypted, and is answered so. */
  boolean isEncrypted() {
    return isEncrypted;
  }

  void encrypted() {
    isEncrypted = true;
  }

  void saying(byte[] what) {
    digest = Optional.of(what);
  }

  byte[] digest() {
    if (digest.isEmpty()) digest = Optional.of(RequestDigest.of(request, principal));
    return digest.get();
  }

  Map<String, Leg> legs() {
    return legs;
  }

  /** The part of a gateway; made when there is none. */
  Leg leg(String gateway) {
    return legs.computeIfAbsent(gateway, added -> new Leg(gateway.equals(HERE)));
  }

  Optional<Leg> find(String gateway) {
    return Optional.ofNullable(legs.get(gateway));
  }

  List<String> gateways() {
    return legs.keySet().stream().filter(gateway -> !gateway.equals(HERE)).toList();
  }

  /** How many have answered. */
  long answered() {
    return legs.values().stream().filter(leg -> leg.answer().isPresent()).count();
  }

  boolean isComplete() {
    return answered() == legs.size();
  }

  /** What was answered so far, or told of how far it is. */
  List<Message> parts() {
    return legs.values().stream().flatMap(leg -> leg.latest().stream()).toList();
  }

  List<RequestLog.Place> places() {
    return places;
  }

  boolean isWritten() {
    return isWritten;
  }

  void written(RequestLog.Place place) {
    isWritten = true;
    places.add(place);
  }

  /** Whether its sender was told to wait, and is to be told when it ends. */
  boolean isDeferred() {
    return isDeferred;
  }

  void deferred() {
    isDeferred = true;
  }

  /** Whether it didn't begin to end before. */
  boolean beginsToEnd() {
    boolean first = !isEnding;
    isEnding = true;
    return first;
  }

  void endsLater() {
    isEnding = false;
  }

  long nextSequence() {
    return ++sequence;
  }

  /** What its sender is answered, once. */
  Future<Message> answer() {
    return answer.future();
  }

  void tell(Message message) {
    answer.tryComplete(message);
  }

  void fail(Throwable cause) {
    answer.tryFail(cause);
  }
}
