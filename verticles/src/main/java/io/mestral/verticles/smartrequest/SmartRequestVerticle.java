package io.mestral.verticles.smartrequest;

import io.mestral.routing.request.Incoming;
import io.mestral.routing.request.RequestRouter;
import io.mestral.smartapi.model.message.Message;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers at {@link Addresses#SMART_REQUEST}: one of it, so that requests keep their order. */
public final class SmartRequestVerticle extends VerticleBase {
  private final RequestRouter router;
  private final Supplier<Future<Void>> load;

  /**
   * Hands every message to the router.
   *
   * @param load what is to be there before the first one comes
   */
  public SmartRequestVerticle(RequestRouter router, Supplier<Future<Void>> load) {
    this.router = router;
    this.load = load;
  }

  @Override
  public Future<?> start() {
    return load.get()
        .compose(
            done ->
                LocalBus.of(vertx)
                    .answer(
                        Addresses.SMART_REQUEST,
                        body -> router.take((Incoming) body).map(Taken::new)));
  }

  /** What came of a message; nothing where no answer is due. */
  record Taken(Optional<Message> answer) {}

  /** Asks the verticle of this node. */
  public static SmartRequests client(Vertx vertx) {
    LocalBus bus = LocalBus.of(vertx);
    return incoming -> bus.ask(Addresses.SMART_REQUEST, incoming, Taken.class).map(Taken::answer);
  }
}
