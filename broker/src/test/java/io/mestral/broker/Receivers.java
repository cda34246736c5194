package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Delivery;
import io.mestral.routing.Subscriber;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Receivers that stand beside the sessions, as the ingestor does. */
public final class Receivers {
  private Receivers() {}

  /** Keeps everything at once. */
  public static final class Keeper implements Subscriber {
    public final BlockingQueue<Publish> messages = new LinkedBlockingQueue<>();

    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      messages.add(publish);
      return Future.succeededFuture(Delivery.DONE);
    }

    public Publish next() throws InterruptedException {
      Publish message = messages.poll(10, TimeUnit.SECONDS);
      assertThat(message).as("a message within 10 seconds").isNotNull();
      return message;
    }
  }

  /** Keeps each message when the test says so, on the test's thread. */
  public static final class SlowKeeper implements Subscriber {
    public final BlockingQueue<Promise<Delivery>> outcomes = new LinkedBlockingQueue<>();

    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      Promise<Delivery> outcome = Promise.promise();
      outcomes.add(outcome);
      return outcome.future();
    }

    public Promise<Delivery> next() throws InterruptedException {
      Promise<Delivery> outcome = outcomes.poll(10, TimeUnit.SECONDS);
      assertThat(outcome).as("a message within 10 seconds").isNotNull();
      return outcome;
    }
  }
}
