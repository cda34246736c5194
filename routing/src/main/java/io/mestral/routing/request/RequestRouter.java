package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Possible;
import io.mestral.smartapi.model.message.AliveRequest;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Individuals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Smart API messages, and makes the one answer that a Request gets of all who are asked for
 * it. It belongs to one event loop.
 */
public final class RequestRouter {
  private static final Logger LOG = LoggerFactory.getLogger(RequestRouter.class);

  private final List<EntitySource> sources;
  private final Map<Iri, Functional> functions;
  private final Envelope envelope;
  private final Answers answers;
  private final EntityHome home;
  private final EntityCalls entities;
  private final RecentRequests recent;

  /**
   * @param self the node's IRI, once it is known
   * @param home where new Entities are kept; one of the sources
   * @param sources of all Entities that the node knows
   */
  public RequestRouter(
      Supplier<Iri> self,
      EntityHome home,
      List<EntitySource> sources,
      Settings settings,
      Vertx vertx) {
    this.sources = List.copyOf(sources);
    this.functions =
        settings.functions().stream()
            .collect(Collectors.toMap(Functional::iri, Function.identity()));
    this.envelope = new Envelope(self, settings.clock());
    this.answers = new Answers(self, settings.clock());
    this.home = home;
    this.entities = new EntityCalls(home, vertx, settings.mostEntities());
    this.recent = new RecentRequests(settings.mostTriples(), settings.clock());
  }

  /**
   * How it works.
   *
   * @param functions what can be called by name
   * @param mostEntities in one answer
   * @param mostTriples of answers that are remembered for requests that come again
   */
  public record Settings(
      List<Functional> functions, int mostEntities, long mostTriples, Clock clock) {}

  /**
   * Takes a message. Succeeds with the answer to a Request, whatever came of it; with nothing where
   * no answer is due. Never fails for anything that is wrong with the message.
   */
  public Future<Optional<Message>> take(Incoming incoming) {
    if (incoming.message() instanceof Request request)
      return Future.succeededFuture()
          .compose(turn -> answer(request, incoming, envelope.check(request, incoming.asker())))
          .recover(cause -> Future.succeededFuture(answers.refusal(request, known(cause))))
          .map(Optional::of);
    return Future.succeededFuture(Optional.empty());
  }

  private Future<Message> answer(Request request, Incoming incoming, Asker asker) {
    if (request instanceof AliveRequest) return Future.succeededFuture(answers.alive(request));
    return recent.once(
        request,
        () ->
            incoming.purpose() == Purpose.REGISTER
                ? register(request, asker)
                : carryOut(request, asker));
  }

  /** A registration has its Entities on the message itself (Smart API, section 8.1). */
  private Future<Message> register(Request request, Asker asker) {
    Envelope.checkScope(asker, Individuals.CREATE);
    Call call = Call.of(request).get(0);
    if (!call.onMessage())
      throw new SmartApiException(
          ErrorType.INVALID_REQUEST,
          "A registration has its Entities at smartapi:entity of the Request, and no Activity.",
          request.node());
    return home.register(request.entities(), asker)
        .map(registered -> answers.response(request, Map.of(call, Result.of(registered))));
  }

  private Future<Message> carryOut(Request request, Asker asker) {
    Map<Call, Future<Result>> results = new LinkedHashMap<>();
    for (Call call : Call.of(request))
      results.put(
          call,
          Future.succeededFuture()
              .compose(turn -> carryOut(call, asker))
              .recover(cause -> Future.succeededFuture(Result.failed(known(cause)))));
    return Future.all(List.copyOf(results.values()))
        .map(
            all -> {
              Map<Call, Result> done = new LinkedHashMap<>();
              results.forEach((call, result) -> done.put(call, result.result()));
              return answers.response(request, done);
            });
  }

  private Future<Result> carryOut(Call call, Asker asker) {
    if (call.isFunctional()) return function(call, asker);
    Envelope.checkScope(asker, call.method());
    if (call.activity().entities().isEmpty())
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "The Activity with the method "
              + call.method()
              + " has no Entity; one or more are wanted.",
          call.activity().node());
    Candidates candidates = new Candidates(sources, asker);
    return entities
        .possible(call, candidates)
        .compose(possible -> carryOut(call, candidates, possible));
  }

  private Future<Result> carryOut(Call call, Candidates candidates, List<Possible> possible) {
    return entities.carryOut(call, candidates, possible, Set.of());
  }

  private Future<Result> function(Call call, Asker asker) {
    Optional<Functional> called = call.name().map(functions::get);
    if (called.isEmpty())
      throw new SmartApiException(
          ErrorType.NOT_FOUND_ERROR,
          call.name()
                  .map(name -> "No Activity " + name + " can be called here")
                  .orElse("An Activity without method, Entities and IRI names nothing to be called")
              + "; these can: "
              + functions.keySet()
              + ".",
          call.activity().node());
    return called
        .get()
        .call(call.activity(), asker)
        .map(outputs -> new Result(List.of(), outputs, List.of()));
  }

  private static SmartApiException known(Throwable cause) {
    if (cause instanceof SmartApiException known) return known;
    LOG.error("a Smart API request failed", cause);
    return Answers.unforeseen();
  }
}
