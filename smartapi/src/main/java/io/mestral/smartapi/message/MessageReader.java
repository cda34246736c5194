package io.mestral.smartapi.message;

import io.mestral.smartapi.dialect.Dialect;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.AliveRequest;
import io.mestral.smartapi.model.message.AliveResponse;
import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.syntax.jsonld.JsonLdReader;
import io.mestral.smartapi.syntax.turtle.NTriplesReader;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.syntax.xml.RdfXmlReader;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads messages (Smart API, sections 1.2 and 2.1): bytes to a graph, the graph in our own terms,
 * the one message in it, and whether its envelope has what every envelope must have. Immutable; any
 * number of threads may use one.
 */
public final class MessageReader {
  private static final Map<Iri, Kind<? extends Message>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(Types.ALIVE_REQUEST, AliveRequest::at); // kinds before what they are kinds of
    KINDS.put(Types.ALIVE_RESPONSE, AliveResponse::at);
    KINDS.put(Types.HEARTBEAT, Heartbeat::at);
    KINDS.put(Types.REQUEST, Request::at);
    KINDS.put(Types.RESPONSE, Response::at);
    KINDS.put(Types.NOTIFICATION, Notification::at);
  }

  private final Limits limits;
  private final Ontology ontology;

  /** A reader with the usual limits, which knows the bundled vocabulary. */
  public MessageReader() {
    this(Limits.DEFAULT, Ontology.core());
  }

  /**
   * A reader.
   *
   * @param limits how much it takes
   * @param ontology which classes are kinds of message
   */
  public MessageReader(Limits limits, Ontology ontology) {
    this.limits = limits;
    this.ontology = ontology;
  }

  /**
   * Reads a message.
   *
   * @param body the document, in UTF-8
   * @param syntax what it is written in
   * @return the message
   * @throws SmartApiException of type ParseError if it can't be parsed or hasn't exactly one
   *     message, TooLargeError if it is over a limit, InvalidRequest if sender or time is missing,
   *     InvalidParams if an Activity has Entities and Inputs
   */
  public Received read(byte[] body, Syntax syntax) {
    Graph original = graph(body, syntax);
    Graph graph = Dialect.normalise(original);
    JsonLdForm answered =
        syntax == Syntax.JSON_LD ? JsonLdForm.ofAnswerTo(body) : JsonLdForm.CONTEXT_INLINED;
    return new Received(message(graph), original, syntax, answered);
  }

  /**
   * Reads a message anew of which parts were decrypted: what came out has to be a message, too.
   *
   * @param before as it was received
   * @param decrypted its graph with the parts in place of their stubs
   * @return the message
   * @throws SmartApiException as {@link #read} does
   */
  public Received again(Received before, Graph decrypted) {
    return new Received(
        message(Dialect.normalise(decrypted)), decrypted, before.syntax(), before.jsonLd());
  }

  /**
   * Reads a document that need not be a message, such as an ontology or an Entity's description.
   *
   * @param body the document, in UTF-8
   * @param syntax what it is written in
   * @return its triples as they are
   * @throws SmartApiException of type ParseError if it can't be parsed, TooLargeError if it is over
   *     a limit
   */
  public Graph graph(byte[] body, Syntax syntax) {
    return switch (syntax) {
      case TURTLE -> new TurtleReader(limits).read(body);
      case JSON_LD -> new JsonLdReader(limits).read(body);
      case N_TRIPLES -> new NTriplesReader(limits).read(body);
      case RDF_XML -> new RdfXmlReader(limits).read(body);
    };
  }

  private Message message(Graph graph) {
    List<Resource> nodes =
        graph.subjects().stream().filter(node -> kind(graph, node) != null).toList();
    if (nodes.size() != 1) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR,
          "The document has "
              + (nodes.isEmpty() ? "no message" : nodes.size() + " messages: " + some(nodes))
              + ". Exactly one node is to be a smartapi:Request, smartapi:Response or"
              + " smartapi:Notification.");
    }
    Resource node = nodes.get(0);
    Message message = kind(graph, node).at(graph, node);
    checkEnvelope(message);
    message.activities().forEach(MessageReader::checkActivity);
    return message;
  }

  private Kind<? extends Message> kind(Graph graph, Resource node) {
    for (Map.Entry<Iri, Kind<? extends Message>> one : KINDS.entrySet()) {
      if (ontology.isA(graph, node, one.getKey())) {
        return one.getValue();
      }
    }
    return null;
  }

  private static void checkEnvelope(Message message) {
    Term sender = only(message, SmartApi.GENERATED_BY, "the sender's IRI");
    if (!(sender instanceof Iri)) {
      throw invalid(message, "smartapi:generatedBy is " + sender + ", the sender's IRI is wanted.");
    }
    Term time = only(message, SmartApi.GENERATED_AT, "when the message was made, an xsd:dateTime");
    if (!(time instanceof Literal)) {
      throw invalid(message, "smartapi:generatedAt is " + time + ", an xsd:dateTime is wanted.");
    }
    try {
      message.generatedAt();
    } catch (SmartApiException e) {
      throw invalid(message, "smartapi:generatedAt can't be read: " + e.getMessage());
    }
  }

  private static Term only(Message message, Iri property, String meaning) {
    Collection<Term> terms = message.graph().objects(message.node(), property);
    if (terms.size() != 1) {
      throw invalid(
          message,
          "The message has %s %s: exactly one is wanted, %s."
              .formatted(terms.isEmpty() ? "no" : terms.size() + " values of", property, meaning));
    }
    return terms.iterator().next();
  }

  private static void checkActivity(Activity activity) {
    boolean inputs = !activity.inputs().isEmpty() || !activity.referencedInputs().isEmpty();
    if (inputs && !activity.entities().isEmpty()) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "The Activity has Entities and Inputs. One of them is allowed: Entities with a method, or"
              + " Inputs for a functional call.",
          activity.node());
    }
  }

  private static SmartApiException invalid(Message message, String text) {
    return new SmartApiException(ErrorType.INVALID_REQUEST, text, message.node());
  }

  private static String some(List<Resource> nodes) {
    return nodes.stream().limit(3).map(Resource::toString).reduce((a, b) -> a + ", " + b).get();
  }
}
