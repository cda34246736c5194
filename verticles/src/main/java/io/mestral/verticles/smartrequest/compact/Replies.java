package io.mestral.verticles.smartrequest.compact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.model.message.Status;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a gateway says in the compact form, as messages: answers, progress, errors, and values that
 * nobody asked for. Values stand at {@code smartapi:valueObject} without units, which are those
 * announced.
 */
record Replies(Names names, Instant now) {
  private static final String ERROR = "error";
  private static final String ERRORS = "errors";
  private static final double ALL = 100;

  /** The Request that is answered; empty when none is named. */
  static Optional<Iri> answered(JsonNode message) {
    return CompactJson.text(message, "reply").map(one -> CompactJson.iri(one, "\"reply\""));
  }

  /** A gateway that answers nothing, because nothing was asked of it. */
  Message nothing(Iri request) {
    return addressed(new Response.Builder(name()), request).build();
  }

  /** An answer that says why there is none. */
  Message failed(Iri request, ErrorType type, String why) {
    return addressed(new Response.Builder(name()), request)
        .error(report(type, type.code(), why).build())
        .build();
  }

  /** An answer, or how far it is. */
  Message answer(ObjectNode message, Iri request) {
    CompactJson.only(
        message,
        "An answer",
        Set.of(CompactJson.MARK, "reply", "values", ERROR, ERRORS, "progress", "at"));
    Iri name = name();
    Response.Builder response = addressed(new Response.Builder(name), request);
    response.describe(values(message, name, Individuals.READ));
    if (message.has(ERROR)) response.error(report(message.path(ERROR), ERROR).build());
    for (var one :
        CompactJson.members(message.path(ERRORS), "\"errors\"", Announcement.MOST_ENTITIES))
      response.error(
          report(one.getValue(), one.getKey())
              .property(SmartApi.TARGET, names.entity(one.getKey()))
              .build());
    CompactJson.number(message, "progress").ifPresent(one -> response.status(progress(one)));
    return response.build();
  }

  private static Status progress(BigDecimal percentage) {
    double value = percentage.doubleValue();
    if (!(value >= 0 && value <= ALL))
      throw CompactJson.fault("\"progress\" is %s; 0 to 100 is allowed".formatted(percentage));
    return new Status.Builder().percentage(value).build();
  }

  /** Values that nobody asked for. */
  Message notification(ObjectNode message) {
    CompactJson.only(message, "A notification", Set.of(CompactJson.MARK, "values", "at"));
    Iri name = name();
    Notification.Builder told = new Notification.Builder(name);
    told.generatedBy(names.gateway()).generatedAt(now);
    told.describe(values(message, name, Individuals.NOTIFY));
    return told.build();
  }

  private Response.Builder addressed(Response.Builder response, Iri request) {
    return response.generatedBy(names.gateway()).generatedAt(now).inReplyTo(request);
  }

  static Iri name() {
    return new Iri("urn:uuid:" + UUID.randomUUID());
  }

  private Graph values(ObjectNode message, Resource node, Iri method) {
    Instant at = CompactJson.moment(message, "at").orElse(now);
    Graph.Builder graph = Graph.builder();
    Blank activity = new Blank();
    graph.add(node, SmartApi.ACTIVITY, activity);
    graph.add(activity, Rdf.TYPE, Types.ACTIVITY);
    graph.add(activity, SmartApi.METHOD, method);
    for (var one :
        CompactJson.members(message.path("values"), "\"values\"", Announcement.MOST_ENTITIES)) {
      Iri entity = names.entity(one.getKey());
      graph.add(activity, SmartApi.ENTITY, entity);
      graph.add(entity, Rdf.TYPE, Types.ENTITY);
      String where = "\"" + one.getKey() + "\"";
      for (var property :
          CompactJson.members(one.getValue(), where, Announcement.MOST_PROPERTIES)) {
        Iri value = Names.value(entity, property.getKey());
        graph.add(entity, SmartApi.VALUE_OBJECT, value);
        graph.add(value, Rdf.TYPE, Types.VALUE_OBJECT);
        graph.add(
            value,
            Rdf.VALUE,
            CompactJson.literal(property.getValue(), "\"" + property.getKey() + "\""));
        graph.add(value, SmartApi.INSTANT, Literal.of(at));
      }
    }
    return graph.build();
  }

  private static ErrorReport.Builder report(JsonNode says, String where) {
    if (says.isTextual()) return report(ErrorType.SERVER_ERROR, 500, says.textValue());
    CompactJson.members(says, "The error of \"" + where + "\"", 2);
    CompactJson.only(says, "The error of \"" + where + "\"", Set.of("code", "message"));
    long code = CompactJson.number(says, "code").map(BigDecimal::longValue).orElse(500L);
    ErrorType type =
        Arrays.stream(ErrorType.values())
            .filter(one -> one != ErrorType.PARSE_ERROR && one != ErrorType.UNIT_ERROR)
            .filter(one -> one.code() == code)
            .findFirst()
            .orElse(ErrorType.SERVER_ERROR);
    return report(
        type, code, CompactJson.text(says, "message").orElse("The gateway said no more."));
  }

  static ErrorReport.Builder report(ErrorType type, long code, String why) {
    return new ErrorReport.Builder().type(type.type()).code(code).message(why);
  }
}
