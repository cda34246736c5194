package io.mestral.routing.request;

import io.mestral.routing.request.presence.Presence;
import io.mestral.routing.request.trail.Hop.What;
import io.mestral.routing.request.trail.Trails;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Failure;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.AliveRequest;
import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Individuals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
  private static final int MOST_NAMED = 20;

  private final Supplier<Iri> self;
  private final List<EntitySource> sources;
  private final Map<Iri, Functional> functions;
  private final Envelope envelope;
  private final Answers answers;
  private final EntityHome home;
  private final EntityCalls entities;
  private final RecentRequests recent;
  private final Others others;
  private final Asking asking;
  private final MessageSecurity security;
  private final Subscribe subscribe;
  private final Trails trails;
  private final Presence presence;
  private final Trade trade;

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
    this.self = self;
    this.sources = List.copyOf(sources);
    this.functions =
        settings.functions().stream()
            .collect(Collectors.toMap(Functional::iri, Function.identity()));
    this.envelope = new Envelope(self, settings.clock());
    this.answers = new Answers(self, settings.clock());
    this.home = home;
    this.entities = new EntityCalls(home, vertx, settings.mostEntities(), settings.clock());
    this.others = settings.others();
    this.asking = settings.asking();
    this.security = settings.security();
    this.presence = settings.presence();
    this.trails = settings.trails();
    this.trade = settings.trade();
    this.subscribe = new Subscribe(entities, settings.subscriptions());
    this.recent = new RecentRequests(settings.mostBytes(), settings.clock());
  }

  /**
   * How it works.
   *
   * @param functions what can be called by name
   * @param others who is asked about what isn't answered for here
   * @param asking asks gateways what is answered at once
   * @param security checks what is signed, and opens what is encrypted
   * @param subscriptions keeps those that are begun
   * @param trails notes what becomes of requests
   * @param presence hears of everything that gateways say
   * @param trade knows who has to pay for what
   * @param mostEntities in one answer
   * @param mostBytes of answers that are remembered for requests that come again
   */
  public record Settings(
      List<Functional> functions,
      Others others,
      Asking asking,
      MessageSecurity security,
      Subscribing subscriptions,
      Trails trails,
      Presence presence,
      Trade trade,
      int mostEntities,
      long mostBytes,
      Clock clock) {}

  /**
   * Takes a message. Succeeds with the answer to a Request, whatever came of it; with nothing where
   * no answer is due. Never fails for anything that is wrong with a Request.
   */
  public Future<Optional<Message>> take(Incoming incoming) {
    if (incoming.message() instanceof Request request)
      return security
          .opened(incoming)
          .compose(this::answer)
          .recover(cause -> Future.succeededFuture(answers.refusal(request, known(cause))))
          .compose(answer -> security.signed(answer, incoming.received()))
          .map(Optional::of);
    return incoming.gateway().isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : security
            .opened(incoming)
            .compose(opened -> told(incoming.gateway().get(), opened.incoming()))
            .recover(cause -> distrusted(incoming, known(cause)))
            .map(Optional.empty());
  }

  /** What a gateway says that isn't to be believed ends the part that it answers. */
  private Future<Void> distrusted(Incoming incoming, SmartApiException cause) {
    String gateway = incoming.gateway().orElseThrow();
    LOG.warn("what the gateway {} says isn't taken: {}", gateway, cause.getMessage());
    incoming
        .message()
        .inReplyTo()
        .ifPresent(request -> others.heard(gateway, answers.refusal(request, cause)));
    return Future.succeededFuture();
  }

  /** What a gateway says without being asked, or because it was. */
  private Future<Void> told(String gateway, Incoming incoming) {
    Message message = incoming.message();
    presence.heard(gateway, message);
    if (message instanceof Heartbeat) return Future.succeededFuture();
    if (asking.heard(gateway, message)) return Future.succeededFuture();
    if (message.inReplyTo().isPresent())
      return heard(gateway, message).onSuccess(shown -> others.heard(gateway, shown)).mapEmpty();
    if (message instanceof Notification && !message.entities().isEmpty())
      return home.announced(gateway, incoming.asker().identity(), message);
    else if (message instanceof Notification) home.notified(gateway, message);
    return Future.succeededFuture();
  }

  /** What of a gateway's answer counts, and may be seen by whoever asked. */
  private Future<Message> heard(String gateway, Message message) {
    Message counts = new Hearing(home.offers(), functions.keySet()).of(gateway, message);
    Optional<Others.Waiting> waiting = message.inReplyTo().flatMap(others::waiting);
    if (waiting.isEmpty()) return Future.succeededFuture(counts);
    Asker asker = waiting.get().asker();
    return trade
        .held(waiting.get().request(), asker)
        .map(bought -> new Discretion(sources, asker, new Till(trade, bought)).of(counts));
  }

  private Future<Message> answer(MessageSecurity.Opened opened) {
    Incoming incoming = opened.incoming();
    Request request = (Request) incoming.message();
    Asker asker = envelope.check(request, incoming.asker());
    if (request instanceof AliveRequest) {
      envelope.checkTime(request);
      return request.processId().isEmpty()
          ? alive(request, incoming.received(), asker)
          : poll(request, asker);
    }
    byte[] digest =
        request.iri().isEmpty() ? new byte[0] : RequestDigest.of(request, asker.principal().name());
    Optional<Future<Message>> before =
        others.known(request, digest).or(() -> recent.known(request, digest));
    note(request, before.isPresent() ? What.REPEATED : What.RECEIVED, asker.principal().name());
    return before.orElseGet(() -> recent.keep(request, digest, first(opened, asker, digest)));
  }

  private void note(Request request, What what, String with) {
    request.iri().ifPresent(name -> trails.note(name, what, with));
  }

  private Future<Message> first(MessageSecurity.Opened opened, Asker asker, byte[] digest) {
    Request request = (Request) opened.incoming().message();
    return Future.succeededFuture()
        .compose(
            turn -> {
              envelope.checkTime(request);
              security.checkFresh(opened);
              return carryOut(opened, asker, digest);
            })
        .onFailure(refused -> note(request, What.ENDED_IN_ERRORS, ""));
  }

  /** Of what is answered without anybody else the end is noted here. */
  private Future<Message> noted(Request request, Future<Message> answer) {
    return answer.onSuccess(
        message -> {
          request.iri().ifPresent(name -> trails.ended(name, message));
          trade.ended(request, message);
        });
  }

  /** Nobody is alive because this node is: a probe for others goes on to them. */
  private Future<Message> alive(Request probe, Received received, Asker asker) {
    List<Resource> targets =
        probe.targets().stream().map(Obj::node).filter(one -> !one.equals(self.get())).toList();
    if (targets.isEmpty()) return Future.succeededFuture(answers.alive(probe));
    if (targets.size() > 1)
      throw new SmartApiException(
          ErrorType.INVALID_REQUEST,
          "A probe is for one target, not " + targets.size() + ".",
          probe.node());
    Candidates candidates = new Candidates(sources, asker);
    Entity target =
        Optional.of(targets.get(0))
            .filter(Iri.class::isInstance)
            .flatMap(name -> candidates.find((Iri) name))
            .filter(one -> candidates.allows(one, Individuals.READ))
            .orElseThrow(
                () ->
                    new SmartApiException(
                        ErrorType.NOT_FOUND_ERROR,
                        "No " + targets.get(0) + " is known here.",
                        probe.node()));
    return others
        .askedAbout(target)
        .map(gateway -> asking.passOn(gateway, received))
        .orElseThrow(
            () ->
                new SmartApiException(
                    ErrorType.UNREACHABLE_ERROR,
                    "Nobody is asked about " + target.node() + ": no gateway manages it.",
                    probe.node()))
        .map(answer -> answers.passedOn(probe, answer));
  }

  private Future<Message> poll(Request probe, Asker asker) {
    long process = probe.processId().orElseThrow();
    return asker.isVisitor()
        ? Future.failedFuture(noProcess(process))
        : others.poll(probe, process).map(found -> found.orElseThrow(() -> noProcess(process)));
  }

  private static SmartApiException noProcess(long process) {
    return new SmartApiException(
        ErrorType.NOT_FOUND_ERROR, "The sender has no process " + process + " here.");
  }

  private Future<Message> carryOut(MessageSecurity.Opened opened, Asker asker, byte[] digest) {
    Incoming incoming = opened.incoming();
    Request request = (Request) incoming.message();
    if (incoming.purpose() == Purpose.REGISTER) return register(request, asker);
    Others asked = incoming.purpose() == Purpose.ACCESS ? others : Others.NONE;
    return trade
        .buy(incoming, asker, name -> readable(name, asker))
        .compose(bought -> carryOut(opened, asker, digest, new Counter(asked, bought)));
  }

  /**
   * With what a request is carried out.
   *
   * @param others who may be asked
   * @param bought what it has paid for
   */
  private record Counter(Others others, Bought bought) {}

  private Optional<Entity> readable(Iri name, Asker asker) {
    Candidates all = new Candidates(sources, asker);
    return all.find(name).filter(one -> all.allows(one, Individuals.READ));
  }

  private Future<Message> carryOut(
      MessageSecurity.Opened opened, Asker asker, byte[] digest, Counter counter) {
    Incoming incoming = opened.incoming();
    Request request = (Request) incoming.message();
    return plans(request, asker, counter)
        .compose(
            plans -> {
              Set<String> gateways = new LinkedHashSet<>();
              plans.forEach(plan -> gateways.addAll(plan.gateways()));
              boolean isSafe =
                  counter.bought().formed().isEmpty() && plans.stream().allMatch(Plan::isSafe);
              Supplier<Future<Message>> own = () -> carryOut(request, plans, counter.bought());
              if (!gateways.isEmpty() || !isSafe)
                return others.carryOut(
                    new Others.Work(
                        incoming.received(),
                        digest,
                        gateways,
                        own,
                        asker,
                        new Others.Care(isSafe, opened.isEncrypted())));
              Future<Message> answered = noted(request, own.get());
              return opened.isEncrypted()
                  ? answered.compose(
                      answer -> security.encrypted(answer, incoming.received(), asker))
                  : answered;
            });
  }

  /** This node's own part of a request that was written down before the node stopped. */
  public Future<Message> resume(Request request, Asker asker) {
    return trade
        .held(request, asker)
        .compose(
            bought ->
                plans(request, asker, new Counter(others, bought))
                    .compose(plans -> carryOut(request, plans, bought)));
  }

  private Future<List<Plan>> plans(Request request, Asker asker, Counter counter) {
    return Future.all(Call.of(request).stream().map(call -> plan(call, asker, counter)).toList())
        .map(planned -> withholding().of(planned.list()));
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

  /** What a call is about, and who answers for that. */
  private Future<Plan> plan(Call call, Asker asker, Counter counter) {
    return Future.succeededFuture()
        .compose(
            turn -> {
              if (call.isSealed())
                return Future.succeededFuture(
                    new Sealed(sources, counter.others()).plan(call, asker));
              if (call.isFunctional() || isOffered(call))
                return Future.succeededFuture(called(call, asker, counter.others()));
              Envelope.checkScope(asker, call.method());
              if (call.activity().entities().isEmpty())
                throw new SmartApiException(
                    ErrorType.INVALID_PARAMS,
                    "The Activity with the method "
                        + call.method()
                        + " has no Entity; one or more are wanted.",
                    call.activity().node());
              Candidates candidates = new Candidates(sources, asker, till(call, counter.bought()));
              Others asked = counter.others();
              return entities
                  .possible(call, candidates)
                  .map(some -> Plan.of(call, candidates, some, counter.bought(), asked))
                  .compose(new Overreach(entities, asked)::checked);
            })
        .recover(cause -> Future.succeededFuture(Plan.failed(call, asker, known(cause))));
  }

  /** Only to know values has a price. */
  private Till till(Call call, Bought bought) {
    Iri method = call.method();
    boolean isReading = method.equals(Individuals.READ) || method.equals(Individuals.SUBSCRIBE);
    return isReading ? new Till(trade, bought) : Till.OPEN;
  }

  private boolean isOffered(Call call) {
    return call.name()
        .filter(name -> !functions.containsKey(name) && home.offers().isOffered(name))
        .isPresent();
  }

  private Withholding withholding() {
    return new Withholding(home.offers());
  }

  /** Of an Activity that is called by its IRI. */
  private Plan called(Call call, Asker asker, Others asked) {
    Envelope.checkCall(asker);
    if (!call.isFunctional()) Envelope.checkScope(asker, call.method());
    Optional<Iri> name = call.name();
    if (name.isPresent() && functions.containsKey(name.get())) return Plan.function(call, asker);
    try {
      Iri called = name.orElseThrow(() -> unnamed(call));
      return Plan.called(call, asker, home.offers().called(called, call.activity(), asker), asked);
    } catch (SmartApiException cause) {
      if (cause.type() != ErrorType.NOT_FOUND_ERROR) throw cause;
      List<Iri> all = new ArrayList<>(functions.keySet());
      all.addAll(home.offers().some(asker, MOST_NAMED));
      throw new SmartApiException(
          cause.type(),
          cause.getMessage() + " Among those that can be called are " + all + ".",
          call.activity().node());
    }
  }

  private static SmartApiException unnamed(Call call) {
    return new SmartApiException(
        ErrorType.NOT_FOUND_ERROR,
        "An Activity without method, Entities and IRI names nothing to be called.",
        call.activity().node());
  }

  private Future<Message> carryOut(Request request, List<Plan> plans, Bought bought) {
    Map<Call, Future<Result>> results = new LinkedHashMap<>();
    for (Plan plan : plans)
      results.put(
          plan.call(),
          Future.succeededFuture()
              .compose(turn -> carryOut(request, plan))
              .recover(
                  cause ->
                      Future.succeededFuture(Result.failed(plan.call().name(), known(cause)))));
    return Future.all(List.copyOf(results.values()))
        .map(
            all -> {
              Map<Call, Result> done = new LinkedHashMap<>();
              results.forEach((call, result) -> done.put(call, result.result()));
              return answers.response(request, done, bought.formed());
            });
  }

  /**
   * What some Entities are now, as a Subscription asks for them, of those that whoever subscribed
   * may see.
   *
   * @param request as {@link Subscribing} got it
   */
  public Future<List<Entity>> state(Request request, Asker asker, Collection<Iri> changed) {
    return trade
        .held(request, asker)
        .compose(
            bought ->
                subscribe.state(
                    request, new Candidates(sources, asker, new Till(trade, bought)), changed));
  }

  /** Whether an Entity of this name is known here, whoever may see it. */
  public boolean isKnown(Iri name) {
    return sources.stream().anyMatch(one -> one.find(name).isPresent());
  }

  private Future<Result> carryOut(Request request, Plan plan) {
    if (plan.failure().isPresent()) return Future.failedFuture(plan.failure().get());
    if (plan.isCalledElsewhere()) return Future.succeededFuture(Result.NOTHING);
    if (plan.call().isFunctional()) return function(plan.call(), plan.candidates().asker());
    if (plan.call().method().equals(Individuals.SUBSCRIBE)) return subscribe.begin(request, plan);
    Future<Result> done =
        entities.carryOut(plan.call(), plan.candidates(), plan.here(), plan.elsewhere());
    if (plan.dues().priced().isEmpty()) return done;
    return done.compose(
        result ->
            trade
                .offers(plan.offered(), plan.call().activity())
                .map(offers -> result.and(new Result(offers, List.of(), plan.dues().failures()))));
  }

  private Future<Result> function(Call call, Asker asker) {
    List<Failure> unfit = new ArrayList<>();
    OutputUnits asked =
        new OutputUnits(call.activity(), cause -> unfit.add(new Failure(call.name(), cause)));
    return functions
        .get(call.name().orElseThrow())
        .call(call.activity(), asker)
        .map(outputs -> new Result(List.of(), asked.of(outputs), unfit));
  }

  private static SmartApiException known(Throwable cause) {
    if (cause instanceof SmartApiException known) return known;
    LOG.error("a Smart API request failed", cause);
    return Answers.unforeseen();
  }
}
