package io.mestral.verticles.uplink;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.model.reading.Digest;
import io.mestral.storage.Metadata;
import io.mestral.storage.Steps;
import io.mestral.verticles.uplink.UnsentHours.Hour;
import io.mestral.verticles.uplink.UplinkConnection.Waiting;
import io.mestral.verticles.uplink.proof.HourReader;
import io.mestral.verticles.uplink.proof.Question;
import io.mestral.verticles.uplink.proof.Question.Answer;
import io.mestral.verticles.uplink.proof.Question.HourOf;
import io.mestral.verticles.uplink.proof.Question.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the node above whether it has the same of hours that were brought, some hundreds at a time,
 * one question after the other. Belongs to one event loop.
 */
final class HourProofs {
  private static final Logger log = LoggerFactory.getLogger(HourProofs.class);
  private static final int AT_ONCE = 500;
  private static final long SOON_MILLIS = 100; // what is brought together is asked together
  private static final long PATIENCE_MILLIS = 30_000; // for an answer

  private final Vertx vertx;
  private final Metadata metadata;
  private final HourReader reader;
  private final Hearer hearer;
  private final Map<Hour, Optional<Digest>> waiting = new LinkedHashMap<>();
  private Optional<EdgeLink> link = Optional.empty();
  private Optional<Asked> asked = Optional.empty();
  private boolean isDue;
  private long number;

  /** Hears what the node above found; not at all of an hour that has to be asked anew. */
  interface Hearer {
    void found(Hour hour, Outcome outcome);
  }

  /** A question under way, and its hours in its order. */
  private record Asked(long number, List<Hour> hours, long timer) {}

  private record Written(Hour hour, HourOf said) {}

  HourProofs(Vertx vertx, Metadata metadata, HourReader reader, Hearer hearer) {
    this.vertx = vertx;
    this.metadata = metadata;
    this.reader = reader;
    this.hearer = hearer;
  }

  void open(EdgeLink to) {
    link = Optional.of(to);
  }

  /** What was asked before may never have arrived. */
  void connected() {
    asked.ifPresent(this::askAnew);
    soon();
  }

  /**
   * Has an hour be compared.
   *
   * @param digest of it; empty when it has to be read for that
   */
  void prove(Hour hour, Optional<Digest> digest) {
    waiting.put(hour, digest);
    soon();
  }

  private void soon() {
    if (isDue || asked.isPresent() || waiting.isEmpty() || !isConnected()) return;
    isDue = true;
    vertx.setTimer(SOON_MILLIS, timer -> ask());
  }

  private boolean isConnected() {
    return link.filter(one -> one.connection().isConnected()).isPresent();
  }

  private void ask() {
    List<Hour> hours = waiting.keySet().stream().limit(AT_ONCE).toList();
    Map<Hour, Optional<Digest>> taken = new LinkedHashMap<>();
    for (Hour hour : hours) taken.put(hour, waiting.remove(hour));
    List<Written> written = new ArrayList<>();
    List<Hour> gone = new ArrayList<>();
    Future<Void> all =
        Steps.forEach(
            taken.entrySet(),
            one ->
                said(one.getKey(), one.getValue())
                    .onSuccess(
                        said ->
                            said.ifPresentOrElse(
                                known -> written.add(new Written(one.getKey(), known)),
                                () -> gone.add(one.getKey()))));
    ReadingUplink.at(link.orElseThrow().home(), all)
        .onComplete(
            done -> {
              isDue = false;
              if (done.failed()) {
                log.warn("hours can't be compared now: {}", done.cause().toString());
                taken.forEach(waiting::putIfAbsent);
                vertx.setTimer(PATIENCE_MILLIS, timer -> soon());
                return;
              }
              gone.forEach(hour -> hearer.found(hour, Outcome.REFUSED));
              send(written);
              soon();
            });
  }

  /** Empty when there is no such device any more, nor anything that it measured. */
  private Future<Optional<HourOf>> said(Hour hour, Optional<Digest> digest) {
    return metadata
        .devices()
        .find(hour.device())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : digest
                        .map(Future::succeededFuture)
                        .orElseGet(() -> reader.digest(hour.device(), hour.number()))
                        .map(one -> Optional.of(said(found.get(), hour, one))));
  }

  private static HourOf said(Device device, Hour hour, Digest digest) {
    return new HourOf(device.uuid(), hour.number(), digest);
  }

  private void send(List<Written> written) {
    if (written.isEmpty()) return;
    EdgeLink to = link.orElseThrow();
    Question question = new Question(++number, written.stream().map(Written::said).toList());
    Asked fresh =
        new Asked(
            number,
            written.stream().map(Written::hour).toList(),
            vertx.setTimer(PATIENCE_MILLIS, timer -> asked.ifPresent(this::askAnew)));
    asked = Optional.of(fresh);
    String topic = new EdgeTopic(to.edge(), Direction.UP, EdgeTopic.PROOF).text();
    to.connection()
        .send(new Waiting(topic, question.written(), false))
        .onFailure(lost -> askAnew(fresh));
  }

  /** What the digest was may have changed meanwhile, so it is read again. */
  private void askAnew(Asked lost) {
    if (asked.filter(lost::equals).isEmpty()) return;
    vertx.cancelTimer(lost.timer());
    asked = Optional.empty();
    lost.hours().forEach(hour -> waiting.putIfAbsent(hour, Optional.empty()));
    soon();
  }

  /** Takes what the node above found. */
  void take(Buffer body) {
    Answer answer;
    try {
      answer = Answer.read(body);
    } catch (IllegalArgumentException broken) {
      log.error("the node above answers what can't be read: {}", broken.getMessage());
      return;
    }
    Optional<Asked> to = asked.filter(one -> one.number() == answer.number());
    if (to.isEmpty() || to.get().hours().size() != answer.outcomes().size()) return;
    vertx.cancelTimer(to.get().timer());
    asked = Optional.empty();
    for (int i = 0; i < answer.outcomes().size(); i++)
      hearer.found(to.get().hours().get(i), answer.outcomes().get(i));
    soon();
  }
}
