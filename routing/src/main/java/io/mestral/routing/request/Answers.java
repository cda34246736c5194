package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Failure;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.contract.Authorization;
import io.mestral.smartapi.model.contract.Contract;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.AliveResponse;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.model.message.Status;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes the messages that this node answers with (Smart API, sections 2.1 and 2.8). */
public final class Answers {
  private final Supplier<Iri> self;
  private final Clock clock;

  /** Of the node with this IRI. */
  public Answers(Supplier<Iri> self, Clock clock) {
    this.self = self;
    this.clock = clock;
  }

  /** A new name for a message. */
  static Iri name() {
    return new Iri("urn:uuid:" + UUID.randomUUID());
  }

  /** The Response to a Request, of what came of its calls. */
  Response response(Request request, Map<Call, Result> results) {
    return response(request, results, List.of());
  }

  /**
   * The same with what was bought for it.
   *
   * @param contracts that were made; where there are several each stands at its Entity
   */
  Response response(Request request, Map<Call, Result> results, List<Contract> contracts) {
    Response.Builder response = addressed(request, new Response.Builder(name()));
    if (contracts.size() == 1) response.contract(contracts.get(0));
    else
      for (Contract one : contracts)
        for (Obj item : one.covered())
          response.describe(
              Graph.builder()
                  .addAll(one.graph())
                  .add(item.node(), Sx.CONTRACT, one.node())
                  .build());
    results.forEach(
        (call, result) -> {
          if (call.onMessage()) result.entities().forEach(response::entity);
          else if (!call.isSealed()) response.activity(activity(call, result));
          result.failures().forEach(one -> response.error(report(one)));
        });
    return response.build();
  }

  /** A Response that says why nothing at all was done. */
  public Response refusal(Request request, SmartApiException cause) {
    return addressed(request, new Response.Builder(name()))
        .error(report(new Failure(Optional.empty(), cause)))
        .build();
  }

  /** The same in the place of somebody else's answer, which isn't taken. */
  Response refusal(Iri request, SmartApiException cause) {
    return new Response.Builder(name())
        .generatedBy(self.get())
        .generatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .inReplyTo(request)
        .error(report(new Failure(Optional.empty(), cause)))
        .build();
  }

  /** A Response to what couldn't even be read. */
  public Response refusal(SmartApiException cause) {
    return new Response.Builder(name())
        .generatedBy(self.get())
        .generatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .error(report(new Failure(Optional.empty(), cause)))
        .build();
  }

  /**
   * The one Response of those of all who were asked.
   *
   * @param isPassedUp whether whoever asked puts it together once more
   */
  public Response merged(Request request, List<? extends Message> parts, boolean isPassedUp) {
    Response.Builder response = addressed(request, new Response.Builder(name()));
    new Merging(self.get(), Call.of(request), parts, isPassedUp).into(response);
    return response.build();
  }

  /** What is there so far, and a Status: the rest takes longer than the sender waits. */
  public Response deferred(
      Request request, List<? extends Message> parts, long process, Status status) {
    Response.Builder response = addressed(request, new Response.Builder(name()));
    new Merging(self.get(), Call.of(request), parts, false).into(response);
    return response.processId(process).status(status).build();
  }

  /** A part of an answer that says why it came to nothing. */
  public Response failed(Request request, ErrorType type, String why) {
    return refusal(request, new SmartApiException(type, why));
  }

  /** What came of a process, for its sender, or how far it is. */
  public Notification told(Request request, List<? extends Message> parts, Progress progress) {
    Notification.Builder told =
        new Notification.Builder(name())
            .generatedBy(self.get())
            .generatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .inReplyTo(request.iri().orElseThrow())
            .processId(progress.process())
            .sequence(progress.sequence())
            .status(progress.status());
    new Merging(self.get(), Call.of(request), parts, false).into(told);
    return told.build();
  }

  /**
   * What became of Entities that somebody subscribed to.
   *
   * @param method {@code sx:Notify}, or {@code smartapi:Delete} of those that are gone
   */
  public Notification changed(Request request, Iri method, List<Entity> entities) {
    Activity.Builder activity = new Activity.Builder(new Blank()).method(method);
    entities.forEach(one -> add(activity, one));
    Notification.Builder told =
        new Notification.Builder(name())
            .generatedBy(self.get())
            .generatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .activity(activity.build());
    request.iri().ifPresent(told::inReplyTo);
    return told.build();
  }

  /**
   * How far a process is.
   *
   * @param sequence 1 for the first that its sender is told
   */
  public record Progress(long process, long sequence, Status status) {}

  /** An answer to a probe for a process: what it says of it, an answer or a Status. */
  public AliveResponse polled(Request probe, long process, Message says) {
    AliveResponse.Builder answer = addressed(probe, new AliveResponse.Builder(name()));
    answer.processId(process);
    says.status().ifPresent(answer::status);
    says.entities().forEach(answer::entity);
    says.activities().forEach(answer::activity);
    says.errors().forEach(answer::error);
    return answer.build();
  }

  /** What somebody else answered to a probe, in its own name: its sender and its errors. */
  AliveResponse passedOn(Request probe, Message answer) {
    AliveResponse.Builder passed = addressed(probe, new AliveResponse.Builder(name()));
    answer.generatedBy().ifPresent(who -> passed.property(SmartApi.TARGET, who));
    answer.errors().forEach(passed::error);
    return passed.build();
  }

  /** The answer to a probe. */
  AliveResponse alive(Request request) {
    return addressed(request, new AliveResponse.Builder(name())).build();
  }

  private <T extends Message, B extends Message.Base<T, B>> B addressed(Request request, B answer) {
    answer.generatedBy(self.get()).generatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    request.sequenceId().ifPresent(answer::sequenceId);
    request.iri().ifPresent(answer::inReplyTo);
    return answer;
  }

  private static Activity activity(Call call, Result result) {
    Resource node = call.name().<Resource>map(iri -> iri).orElseGet(Blank::new);
    Activity.Builder activity = new Activity.Builder(node);
    if (!call.isFunctional()) activity.method(call.method());
    result.failures().stream()
        .filter(one -> one.target().isPresent() && one.target().equals(call.name()))
        .forEach(one -> need(activity, one));
    result.entities().forEach(one -> add(activity, one));
    result.outputs().forEach(activity::output);
    result.failures().stream()
        .filter(one -> isAuthorizationNeeded(one) && !one.target().equals(call.name()))
        .flatMap(one -> one.target().stream().map(target -> needing(target, one, call.method())))
        .forEach(activity::entity);
    return activity.build();
  }

  private static boolean isAuthorizationNeeded(Failure failure) {
    return failure.cause().type() == ErrorType.NOT_AUTHORIZED_ERROR;
  }

  /** The same on an Activity that may not be called. */
  private static void need(Activity.Builder activity, Failure failure) {
    if (isAuthorizationNeeded(failure))
      failure
          .cause()
          .node()
          .map(guarded -> new Authorization.Builder().property(Sx.RESOURCE, guarded).build())
          .ifPresent(needed -> activity.property(Sx.AUTHORIZATION, needed));
  }

  /** What is answered has been cut out of what is known: all of its graph belongs to it. */
  private static void add(Activity.Builder activity, Entity entity) {
    activity.property(SmartApi.ENTITY, entity.node());
    activity.describe(entity.graph());
  }

  /** An empty Authorization says that one is needed, and for what (section 2.13, rule M22). */
  private static Entity needing(Iri target, Failure failure, Iri method) {
    Resource guarded = failure.cause().node().orElse(target);
    Graph.Builder graph = Graph.builder();
    Blank needed = new Blank();
    graph
        .add(target, Rdf.TYPE, Types.ENTITY)
        .add(target, Sx.AUTHORIZATION, needed)
        .add(needed, Rdf.TYPE, Types.AUTHORIZATION)
        .add(needed, Sx.RESOURCE, guarded)
        .add(needed, Sx.GRANTED_METHOD, method);
    return Entity.at(graph.build(), target);
  }

  static ErrorReport report(Failure failure) {
    SmartApiException cause = failure.cause();
    ErrorReport.Builder report =
        new ErrorReport.Builder()
            .type(cause.type().type())
            .code(cause.type().code())
            .message(cause.getMessage());
    failure.target().ifPresent(target -> report.property(SmartApi.TARGET, target));
    return report.build();
  }

  /** What a failure nobody foresaw is called; its details are for the log alone. */
  static SmartApiException unforeseen() {
    return new SmartApiException(
        ErrorType.SERVER_ERROR, "Something went wrong inside this node; its log says what.");
  }
}
