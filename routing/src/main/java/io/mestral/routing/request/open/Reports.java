package io.mestral.routing.request.open;

import io.mestral.routing.request.Answers;
import io.mestral.routing.request.Answers.Progress;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.open.GatewayLink.Client;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.data.TemporalContext;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Status;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of a request that isn't answered, and to whom. */
record Reports(OpenRequests.Wording wording, GatewayLink link) {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
  private static final double ALL = 100;

  /** A process goes on until 100 per cent or an Error (Smart API, section 2.9). */
  static boolean isLast(Message message) {
    boolean isDone = message.status().flatMap(Status::percentage).filter(p -> p >= 100).isPresent();
    return isDone
        || !message.errors().isEmpty()
        || message.processId().isEmpty() && message.status().isEmpty();
  }

  private Answers answers() {
    return wording.answers();
  }

  /** The one answer, before it is encrypted. */
  Message end(OpenRequest request) {
    boolean isOwn = request.legs().size() == 1 && request.find(OpenRequest.HERE).isPresent();
    return isOwn ? request.parts().get(0) : merged(request);
  }

  /** What is said, as its sender gets it. */
  Future<Message> secured(OpenRequest request, Message said) {
    return request.isEncrypted()
        ? wording.security().encrypted(said, request.received(), request.asker().orElseThrow())
        : Future.succeededFuture(said);
  }

  /** The one answer; what can't be made one is an Error, so that the request ends all the same. */
  private Message merged(OpenRequest request) {
    try {
      boolean isPassedUp = request.asker().filter(Asker::isManager).isPresent();
      return answers().merged(request.request(), request.parts(), isPassedUp);
    } catch (SmartApiException rubbish) {
      LOG.warn("a gateway's answer makes no sense: {}", rubbish.getMessage());
      return answers()
          .failed(
              request.request(),
              ErrorType.SERVER_ERROR,
              "A gateway's answer makes no sense: " + rubbish.getMessage());
    }
  }

  /** What is there, and a Status with the number that it can be asked for by. */
  Future<Message> soFar(OpenRequest request) {
    return secured(request, saidSoFar(request));
  }

  private Message saidSoFar(OpenRequest request) {
    Status status = status(request);
    try {
      return answers().deferred(request.request(), request.parts(), request.process(), status);
    } catch (SmartApiException rubbish) {
      LOG.warn("what a gateway says so far makes no sense: {}", rubbish.getMessage());
      return answers().deferred(request.request(), List.of(), request.process(), status);
    }
  }

  /** The same for a sender who asks. */
  Future<Message> polled(Request probe, OpenRequest request) {
    return soFar(request).map(said -> answers().polled(probe, request.process(), said));
  }

  /** Tells the sender what a gateway told of how far it is. */
  void tell(OpenRequest request, Message message) {
    tell(request, message, message.status().orElseGet(() -> status(request)));
  }

  /** Tells the sender how it ended. */
  void tellTheEnd(OpenRequest request, Message answer) {
    tell(request, answer, new Status.Builder().percentage(ALL).build());
  }

  private void tell(OpenRequest request, Message part, Status status) {
    Progress progress = new Progress(request.process(), request.nextSequence(), status);
    secured(request, told(request, part, progress))
        .compose(told -> wording.security().signed(told, request.received()))
        .onSuccess(
            told ->
                link.tell(
                    new Client(request.sender(), request.principal()),
                    told.graph(),
                    told.iri().orElseThrow()))
        .onFailure(lost -> LOG.error("a client can't be told how its request goes", lost));
  }

  /** What makes no sense isn't passed on; how far it is all the same. */
  private Message told(OpenRequest request, Message part, Progress progress) {
    try {
      return answers().told(request.request(), List.of(part), progress);
    } catch (SmartApiException rubbish) {
      LOG.warn("what a gateway tells makes no sense: {}", rubbish.getMessage());
      return answers().told(request.request(), List.of(), progress);
    }
  }

  /** A part that this node couldn't do. */
  Message failed(OpenRequest request, Throwable cause) {
    LOG.error("this node's part of a Smart API request failed", cause);
    return answers()
        .failed(
            request.request(),
            ErrorType.SERVER_ERROR,
            "Something went wrong inside this node; its log says what.");
  }

  /** A part that a gateway won't take. */
  Message refused(OpenRequest request, String gateway) {
    return answers()
        .failed(
            request.request(),
            ErrorType.UNREACHABLE_ERROR,
            "The gateway %s is connected, and took no message of this request.".formatted(gateway));
  }

  /** A part that wasn't done in time. */
  Message timedOut(OpenRequest request, String gateway, Leg leg) {
    return answers()
        .failed(
            request.request(),
            ErrorType.TIMEOUT_ERROR,
            "The gateway %s %s until %s."
                .formatted(gateway, leg.soFarInWords(), request.expires()));
  }

  private static Status status(OpenRequest request) {
    List<String> all = request.gateways();
    long done = all.stream().filter(one -> request.leg(one).answer().isPresent()).count();
    return new Status.Builder()
        .percentage(Math.min(ALL - 1, ALL * done / Math.max(1, all.size())))
        .total(all.size())
        .completed(done)
        .temporalContext(new TemporalContext.Builder().end(request.expires()).build())
        .build();
  }
}
