package io.mestral.verticles.uplink.receiving;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.routing.Origin;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.storage.Steps;
import io.mestral.verticles.uplink.proof.HourReader;
import io.mestral.verticles.uplink.proof.Question;
import io.mestral.verticles.uplink.proof.Question.Answer;
import io.mestral.verticles.uplink.proof.Question.HourOf;
import io.mestral.verticles.uplink.proof.Question.Outcome;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells edges whether this node has the same readings as they have. */
public final class ProofDesk implements Subscriber {
  private static final Logger log = LoggerFactory.getLogger(ProofDesk.class);

  private final EdgeDevices devices;
  private final HourReader reader;
  private final Router router;

  /** Compares with what that reader reads. */
  public ProofDesk(EdgeDevices devices, HourReader reader, Router router) {
    this.devices = devices;
    this.reader = reader;
    this.router = router;
  }

  /** Has every question of every edge come here. */
  public void subscribe() {
    router.subscribe(
        this,
        new TopicFilter(EdgeTopic.all(Direction.UP, EdgeTopic.PROOF)),
        Subscription.at(QoS.EXACTLY_ONCE));
  }

  /** Acknowledged at once: who hears no answer asks again. */
  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    Optional<EdgeTopic> topic = EdgeTopic.parse(publish.topic().value());
    if (topic.isEmpty()) return Future.succeededFuture(Delivery.NOBODY);
    String edge = topic.get().edge();
    try {
      Question question = Question.read(publish.payload());
      answer(edge, question)
          .onSuccess(found -> send(edge, found))
          .onFailure(
              failure ->
                  log.warn("hours of edge {} aren't compared: {}", edge, failure.toString()));
    } catch (IllegalArgumentException broken) {
      log.warn("edge {} asks what can't be read: {}", edge, broken.getMessage());
    }
    return Future.succeededFuture(Delivery.DONE);
  }

  private Future<Answer> answer(String edge, Question question) {
    List<Outcome> outcomes = new ArrayList<>();
    return Steps.forEach(question.hours(), one -> compare(edge, one).onSuccess(outcomes::add))
        .map(done -> new Answer(question.number(), outcomes));
  }

  private Future<Outcome> compare(String edge, HourOf told) {
    return devices
        .find(edge, told.device())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Outcome.REFUSED)
                    : reader
                        .digest(found.get(), told.hour())
                        .map(
                            here ->
                                here.equals(told.digest()) ? Outcome.EQUAL : Outcome.DIFFERENT));
  }

  private void send(String edge, Answer answer) {
    Topic topic = new Topic(new EdgeTopic(edge, Direction.DOWN, EdgeTopic.PROOF).text());
    router.route(Publish.of(topic, answer.written(), QoS.AT_LEAST_ONCE), Origin.NOBODY);
  }
}
