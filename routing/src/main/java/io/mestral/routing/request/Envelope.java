package io.mestral.routing.request;

import io.mestral.model.access.Scope;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Individuals;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What must be right of a message before anybody looks at what it asks for. */
final class Envelope {
  private static final Map<Iri, Scope> SCOPES =
      Map.of(
          Individuals.READ, Scope.SMARTAPI_READ,
          Individuals.SUBSCRIBE, Scope.SMARTAPI_READ,
          Individuals.CREATE, Scope.SMARTAPI_CREATE,
          Individuals.DELETE, Scope.SMARTAPI_DELETE,
          Individuals.NOTIFY, Scope.SMARTAPI_NOTIFY);

  private final Supplier<Iri> self;
  private final Clock clock;

  /** At the node with this IRI. */
  Envelope(Supplier<Iri> self, Clock clock) {
    this.self = self;
    this.clock = clock;
  }

  /**
   * Whose message it is, once it is found right.
   *
   * @return the asker in the name of the message's sender
   * @throws SmartApiException of type NotAuthorizedError if somebody else's name stands there,
   *     LoopError if it was here before or its hops are used up
   */
  Asker check(Message message, Asker asker) {
    Iri sender = message.generatedBy().orElseThrow();
    boolean own = asker.isVisitor() || asker.is(sender);
    if (!own && !asker.routesForOthers())
      throw new SmartApiException(
          ErrorType.NOT_AUTHORIZED_ERROR,
          "The message is made by "
              + sender
              + ", its sender is "
              + asker.identity()
              + ". Passing on messages of others takes an administrator's scope smartapi.route.",
          message.node());
    checkWay(message);
    return asker.inTheNameOf(sender);
  }

  /**
   * Checks that there is time left for what wasn't answered before.
   *
   * @throws SmartApiException of type InvalidRequest if its time is over
   */
  void checkTime(Message message) {
    Optional<Instant> end = message.expires();
    if (end.isPresent() && !clock.instant().isBefore(end.get()))
      throw new SmartApiException(
          ErrorType.INVALID_REQUEST,
          "The message expired at " + end.get() + ", it is " + clock.instant() + " now.",
          message.node());
  }

  private void checkWay(Message message) {
    if (message.via().contains(self.get()))
      throw new SmartApiException(
          ErrorType.LOOP_ERROR,
          "The message came back to " + self.get() + ", which it had passed.",
          message.node());
    if (message.hopLimit().orElse(1L) < 1)
      throw new SmartApiException(
          ErrorType.LOOP_ERROR,
          "The message's hops are used up at " + self.get() + ": sx:hopLimit is 0.",
          message.node());
  }

  /**
   * Checks that the asker's credentials are good for a method.
   *
   * @throws SmartApiException of type NotAuthorizedError if they aren't
   */
  static void checkScope(Asker asker, Iri method) {
    Scope scope = SCOPES.getOrDefault(method, Scope.SMARTAPI_WRITE);
    if (asker.isVisitor() && scope != Scope.SMARTAPI_READ)
      throw new SmartApiException(
          ErrorType.NOT_AUTHORIZED_ERROR,
          "Without credentials only " + Individuals.READ + " is allowed, not " + method + ".");
    check(asker, scope, method.toString());
  }

  /** The same for a functional call, which visitors may make, too. */
  static void checkCall(Asker asker) {
    check(asker, Scope.SMARTAPI_CALL, "functional calls");
  }

  private static void check(Asker asker, Scope scope, String what) {
    if (!asker.carries(scope))
      throw new SmartApiException(
          ErrorType.NOT_AUTHORIZED_ERROR,
          "The credentials lack the scope " + scope.label() + " for " + what + ".");
  }
}
