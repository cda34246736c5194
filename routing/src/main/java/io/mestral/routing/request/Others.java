package io.mestral.routing.request;

import io.mestral.smartapi.matching.Possible;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Those who are asked about Entities that this node doesn't answer for: gateways. */
public interface Others {
  /** Nobody: everything is answered for here. */
  Others NONE =
      new Others() {
        @Override
        public Optional<String> askedAbout(Entity entity, Set<Resource> values) {
          return Optional.empty();
        }

        @Override
        public Future<Message> carryOut(Work work) {
          return work.own().get();
        }

        @Override
        public Optional<Future<Message>> known(Request request, byte[] digest) {
          return Optional.empty();
        }

        @Override
        public Future<Optional<Message>> poll(Request probe, long process) {
          return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Optional<Waiting> waiting(Iri request) {
          return Optional.empty();
        }

        @Override
        public void heard(String gateway, Message message) {
          // nobody was asked
        }
      };

  /**
   * A request that others have a part in, or that is to be written down before it is carried out.
   *
   * @param received as it came
   * @param digest of what it says
   * @param gateways who are asked; may be none
   * @param own the part of this node
   * @param asker whose it is
   */
  record Work(
      Received received,
      byte[] digest,
      Set<String> gateways,
      Supplier<Future<Message>> own,
      Asker asker,
      Care care) {
    /** The request. */
    public Request request() {
      return (Request) received.message();
    }
  }

  /**
   * What care a request takes.
   *
   * @param isSafe whether it changes nothing, so that it needn't be written down as long as its
   *     sender waits
   * @param isEncrypted whether it came encrypted, so that its answer is encrypted
   */
  record Care(boolean isSafe, boolean isEncrypted) {}

  /**
   * The gateway that is asked about an Entity, or the {@linkplain OwnWay way} to it, if it isn't
   * answered for here.
   *
   * @param values of the Entity that are asked for; empty for all of it
   */
  Optional<String> askedAbout(Entity entity, Set<Resource> values);

  /** The same of an Entity as a whole. */
  default Optional<String> askedAbout(Entity entity) {
    return askedAbout(entity, Set.of());
  }

  /** The same of what a template is about. */
  default Optional<String> askedAbout(Possible one) {
    return askedAbout(one.entity(), one.isWhole() ? Set.of() : one.values());
  }

  /**
   * Has all parts of a request carried out. Succeeds with the answer, or with a Status when that
   * takes longer than the sender waits; what comes later can be polled, and is told.
   */
  Future<Message> carryOut(Work work);

  /**
   * What a request was answered with that came before, or will be; empty when it is new. Fails with
   * ConflictError when another one had its IRI.
   */
  Optional<Future<Message>> known(Request request, byte[] digest);

  /**
   * How far a process is, as the answer to a probe of its sender; empty when its sender has no such
   * process.
   */
  Future<Optional<Message>> poll(Request probe, long process);

  /** A request that gateways have a part in; empty when there is no such one any more. */
  Optional<Waiting> waiting(Iri request);

  /**
   * A request that somebody is asked about.
   *
   * @param asker whose it is
   */
  record Waiting(Request request, Asker asker) {}

  /** A gateway answers, or tells how far it is. */
  void heard(String gateway, Message message);
}
