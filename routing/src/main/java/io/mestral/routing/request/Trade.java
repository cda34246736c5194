package io.mestral.routing.request;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Who has to pay for what, and who has (Smart API, sections 2.12, 2.15 and 2.16). */
public interface Trade {
  /** Everything is free. */
  Trade NONE =
      new Trade() {
        @Override
        public boolean isPriced(Entity entity, Asker asker) {
          return false;
        }

        @Override
        public Future<Bought> buy(
            Incoming incoming, Asker asker, Function<Iri, Optional<Entity>> readable) {
          return Future.succeededFuture(Bought.NOTHING);
        }

        @Override
        public Future<Bought> held(Request request, Asker asker) {
          return Future.succeededFuture(Bought.NOTHING);
        }

        @Override
        public Entity withoutValues(Entity priced) {
          return priced;
        }

        @Override
        public Future<List<Entity>> offers(List<Entity> priced, Activity asked) {
          return Future.succeededFuture(List.of());
        }

        @Override
        public void ended(Request request, Message answer) {
          // nothing was bought
        }
      };

  /**
   * Whether an asker has to pay for the values of an Entity: its owner and administrators don't.
   */
  boolean isPriced(Entity entity, Asker asker);

  /**
   * Finds out what a Request may have that is priced, and books what it accepts: offers that came
   * with an earlier answer, returned with the sender's proof. What is wrong with one is said in
   * what comes of it. Fails with SecurityError for a licence key that others could read.
   *
   * @param readable finds Entities that the asker may read
   */
  Future<Bought> buy(Incoming incoming, Asker asker, Function<Iri, Optional<Entity>> readable);

  /** The same of a Request that was here before; nothing is booked. */
  Future<Bought> held(Request request, Asker asker);

  /** A priced Entity as it is shown to who hasn't paid. */
  Entity withoutValues(Entity priced);

  /**
   * What is answered in place of values: the Entities with what was asked of them, and with offers
   * that are sealed by this node's proof. Fails with ServerError when it has no key.
   *
   * @param priced without values
   */
  Future<List<Entity>> offers(List<Entity> priced, Activity asked);

  /** Takes back what was paid for what the answer doesn't have. */
  void ended(Request request, Message answer);
}
