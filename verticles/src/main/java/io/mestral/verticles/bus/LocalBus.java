package io.mestral.verticles.bus;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Questions and answers between the verticles of one node. Values pass by reference and failures as
 * they are, so a refusal reaches the asker with its reason.
 */
public final class LocalBus {
  /** Longer than any store may stall before it is called away. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final DeliveryOptions LOCAL =
      new DeliveryOptions()
          .setLocalOnly(true)
          .setCodecName(LocalCodec.NAME)
          .setSendTimeout(PATIENCE.toMillis());

  private final EventBus bus;

  private LocalBus(EventBus bus) {
    this.bus = bus;
  }

  /** The bus of a node; registers the codec the first time. */
  public static LocalBus of(Vertx vertx) {
    EventBus bus = vertx.eventBus();
    try {
      bus.registerCodec(new LocalCodec());
    } catch (IllegalStateException alreadyRegistered) {
      return new LocalBus(bus); // another verticle of this node was first
    }
    return new LocalBus(bus);
  }

  /** A question that failed, on its way back. */
  private record Failure(Throwable cause) {}

  /**
   * Asks and waits for the answer. Fails as the answering side failed, or with {@code UNAVAILABLE}
   * when nobody answers in time.
   */
  public <T> Future<T> ask(String address, Object question, Class<T> answer) {
    return bus.<Object>request(address, question, LOCAL)
        .transform(
            reply -> {
              if (reply.failed()) return Future.failedFuture(unanswered(reply.cause()));
              Object body = reply.result().body();
              if (body instanceof Failure failure) return Future.failedFuture(failure.cause());
              return Future.succeededFuture(answer.cast(body));
            });
  }

  /** Answers the questions that come to an address; runs on the calling verticle's context. */
  public Future<Void> answer(String address, Function<Object, Future<?>> answering) {
    MessageConsumer<Object> consumer = bus.localConsumer(address);
    consumer.handler(
        message ->
            answering
                .apply(message.body())
                .onComplete(
                    done ->
                        message.reply(
                            done.succeeded() ? done.result() : new Failure(done.cause()), LOCAL)));
    return consumer.completion();
  }

  /** Tells everybody who listens at an address. */
  public void tell(String address, Object news) {
    bus.publish(address, news, LOCAL);
  }

  /** Listens to what is told at an address; runs on the calling verticle's context. */
  public Future<Void> listen(String address, Consumer<Object> listener) {
    MessageConsumer<Object> consumer = bus.localConsumer(address);
    consumer.handler(message -> listener.accept(message.body()));
    return consumer.completion();
  }

  private static Throwable unanswered(Throwable cause) {
    if (cause instanceof ReplyException reply)
      return new RefusedException(Refusal.UNAVAILABLE, "no answer: " + reply.failureType());
    return cause;
  }
}
