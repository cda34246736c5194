package io.mestral.routing.request.trust;

import io.mestral.model.access.Principal;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Incoming;
import io.mestral.routing.request.MessageSecurity;
import io.mestral.routing.request.Purpose;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.security.encryption.Decryption;
import io.mestral.smartapi.security.encryption.Encryption;
import io.mestral.smartapi.security.encryption.Recipient;
import io.mestral.smartapi.security.encryption.References;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.proof.BoundedSeenRequests;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.ReplayGuard;
import io.mestral.smartapi.security.proof.SeenRequests;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.Types;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Checks and makes proofs, decrypts and encrypts, with the keys of this node and those that it
 * believes. Whatever isn't signed or encrypted passes at once; the rest is worked on beside the
 * event loop, as a few nodes may keep a canonical form busy for seconds.
 */
public final class SecuredMessages implements MessageSecurity {
  private static final int MOST_SEEN = 100_000;

  private final Supplier<Iri> self;
  private final Keyring keys;
  private final Settings settings;
  private final Vertx vertx;
  private final Clock clock;
  private final Instant start;
  private final ReplayGuard timely;
  private final ReplayGuard once;
  private final Proofs proofs = new Proofs();
  private final MessageReader reader = new MessageReader();
  private final MessageWriter writer = new MessageWriter();

  /**
   * How it works.
   *
   * @param demand which Requests need a proof
   * @param longest how far ahead a signed Request may expire
   * @param units how they are named to askers who named none
   */
  public record Settings(Demand demand, Duration longest, QudtFamily units) {}

  /**
   * With these keys.
   *
   * @param self the node's IRI, once it is known
   */
  public SecuredMessages(
      Supplier<Iri> self, Keyring keys, Settings settings, Vertx vertx, Clock clock) {
    this.self = self;
    this.keys = keys;
    this.settings = settings;
    this.vertx = vertx;
    this.clock = clock;
    this.start = clock.instant();
    SeenRequests nothing = (request, until, now) -> SeenRequests.Outcome.NEW;
    this.timely = new ReplayGuard(nothing, settings.longest(), clock);
    this.once = new ReplayGuard(new BoundedSeenRequests(MOST_SEEN), settings.longest(), clock);
  }

  @Override
  public Future<Opened> opened(Incoming incoming) {
    if (isSecured(incoming.received().original()))
      return vertx.executeBlocking(() -> open(incoming), false);
    return isDemanded(incoming)
        ? Future.failedFuture(missing(incoming))
        : Future.succeededFuture(new Opened(incoming, false, false));
  }

  private static boolean isSecured(Graph graph) {
    if (graph.uses(Sec.PROOF)) return true;
    for (Resource node : graph.subjects())
      if (graph.contains(node, Rdf.TYPE, Types.ENCRYPTED_REFERENCE)) return true;
    return false;
  }

  private boolean isDemanded(Incoming incoming) {
    return incoming.message() instanceof Request request
        && settings.demand().isOf(request, incoming.purpose() == Purpose.REGISTER);
  }

  private SmartApiException missing(Incoming incoming) {
    return new SmartApiException(
        ErrorType.SECURITY_ERROR,
        "A proof is demanded here: sec:proof on the Request, made by its sender with a key that"
            + " this node believes.",
        incoming.message().node());
  }

  private Opened open(Incoming incoming) {
    Received received = incoming.received();
    Graph plain =
        new Decryption(CryptoEngine.fastest(), keys::decryption, Limits.DEFAULT)
            .decrypt(received.original(), Map.of());
    boolean isEncrypted = !plain.equals(received.original());
    Received opened = isEncrypted ? reader.again(received, plain) : received;
    ProofCheck check = new ProofCheck(proofs, keys.believed(), clock);
    boolean isSigned = check.holds(received.original(), opened, isVouchedFor(incoming));
    if (!isSigned && isDemanded(incoming)) throw missing(incoming);
    Asker asker = incoming.asker();
    Iri sender = opened.message().generatedBy().orElseThrow();
    boolean mayBeSender = speaksFor(asker, sender);
    boolean isProven = isSigned && !mayBeSender && incoming.gateway().isEmpty();
    Asker whose = isProven ? new Asker(sender, new Principal.Keyholder(sender.value())) : asker;
    if (isEncrypted && opened.message() instanceof Request)
      recipient(opened, mayBeSender ? asker.inTheNameOf(sender) : whose);
    Incoming made =
        new Incoming(
            opened, whose, incoming.purpose(), incoming.gateway(), incoming.isConfidential());
    return new Opened(made, isEncrypted, isProven);
  }

  /** Others have seen to it who they are that speak through a gateway, or through its manager. */
  private static boolean isVouchedFor(Incoming incoming) {
    return incoming.gateway().isPresent() || incoming.asker().isManager();
  }

  private static boolean speaksFor(Asker asker, Iri sender) {
    return asker.is(sender) || asker.routesForOthers() || asker.isManager();
  }

  @Override
  public void checkFresh(Opened opened) {
    Message message = opened.incoming().message();
    if (message.graph().objects(message.node(), Sec.PROOF).isEmpty()) return;
    if (!opened.isProven()) {
      timely.pass(message.graph(), message.node());
      return;
    }
    once.pass(message.graph(), message.node());
    if (message.generatedAt().filter(start::isAfter).isPresent())
      throw new SmartApiException(
          ErrorType.INVALID_REQUEST,
          "The Request was generated before this node started, at "
              + start
              + ": whether it came before can't be told. Make a new one.",
          message.node());
  }

  @Override
  public Future<Message> encrypted(Message answer, Received asked, Asker asker) {
    return vertx.executeBlocking(() -> encrypt(answer, asked, asker), false);
  }

  private Message encrypt(Message answer, Received asked, Asker asker) {
    Graph graph = writer.inManner(answer, asked.manner(settings.units()));
    List<Recipient> recipients = List.of(recipient(asked, asker));
    Encryption encryption = new Encryption(CryptoEngine.fastest(), false);
    for (Activity one : answer.activities())
      if (!References.isEncrypted(graph, one.node(), Map.of()))
        graph = encryption.encrypt(graph, one.node(), self.get(), recipients).message();
    return Replaced.of(answer, graph);
  }

  /** The key that whoever asked is known by, or has put into the Request. */
  private Recipient recipient(Received asked, Asker asker) {
    Iri sender = asked.message().generatedBy().orElseThrow();
    return keys.agreement(sender)
        .or(() -> new CarriedKey(asked.original(), sender).of(asker, keys.believed()))
        .map(key -> new Recipient.Agreement(key.id(), sender, key.key()))
        .orElseThrow(
            () ->
                new SmartApiException(
                    ErrorType.SECURITY_ERROR,
                    "What is asked encrypted is answered encrypted, and no key on P-256 of "
                        + sender
                        + " is known here. Put one into the Request, a sec:Multikey with its"
                        + " sec:controller, or have this node believe one.",
                    asked.message().node()));
  }

  @Override
  public Future<Message> signed(Message answer, Received asked) {
    Message request = asked.message();
    boolean isSigned = !request.graph().objects(request.node(), Sec.PROOF).isEmpty();
    return isSigned && keys.signer().isPresent()
        ? vertx.executeBlocking(() -> sign(answer, asked), true)
        : Future.succeededFuture(answer);
  }

  private Message sign(Message answer, Received asked) {
    Graph graph = writer.inManner(answer, asked.manner(settings.units()));
    Resource node = answer.node();
    return Replaced.of(
        answer, proofs.sign(graph, node, keys.signer().orElseThrow(), clock.instant()));
  }
}
