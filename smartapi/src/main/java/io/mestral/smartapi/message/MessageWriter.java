package io.mestral.smartapi.message;

import io.mestral.smartapi.canonical.SecuredGraph;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.jsonld.JsonLdWriter;
import io.mestral.smartapi.syntax.multipart.Multipart;
import io.mestral.smartapi.syntax.multipart.MultipartWriter;
import io.mestral.smartapi.syntax.multipart.Part;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes messages as their receivers can read them, the counterpart of {@link MessageReader}.
 * Immutable; any number of threads may use one.
 */
public final class MessageWriter {
  private final JsonLdWriter jsonLd;
  private final TurtleWriter turtle = new TurtleWriter();
  private final NTriplesWriter nTriples = new NTriplesWriter();
  private final Units units;

  /** A writer with the usual limits and units. */
  public MessageWriter() {
    this(Limits.DEFAULT, Units.shared());
  }

  /**
   * A writer.
   *
   * @param limits how deep nodes stand in one another in JSON-LD
   * @param units the names that units have
   */
  public MessageWriter(Limits limits, Units units) {
    this.jsonLd = new JsonLdWriter(limits);
    this.units = units;
  }

  /**
   * Puts a message of this node's own into a manner: units and quantity kinds get the names of the
   * vocabulary that is asked for, and Entities the type {@code smartapi:Entity} beside their own,
   * without which the published SDK drops them (Smart API, sections 1.2 and 10). What a proof
   * secures stays as it is. A message that is to be signed is put into its manner before.
   *
   * @param message the message
   * @param manner how its receiver reads
   * @return the graph that is written
   */
  public Graph inManner(Message message, Manner manner) {
    Graph graph = message.graph();
    Set<Resource> secured = secured(graph);
    Graph.Builder own = Graph.builder();
    for (Triple t : (Iterable<Triple>) graph.triples()::iterator) {
      Term object =
          secured.contains(t.subject())
              ? t.object()
              : UnitNames.in(manner.qudt(), t.object(), units);
      own.add(t.subject(), t.predicate(), object);
      if (t.predicate().equals(SmartApi.ENTITY)
          && object instanceof Resource entity
          && graph.describes(entity)
          && !secured.contains(entity)) {
        own.add(entity, Rdf.TYPE, Types.ENTITY);
      }
    }
    return own.build();
  }

  /**
   * Writes a message of this node's own.
   *
   * @param message the message
   * @param manner how its receiver reads
   * @return the document
   * @throws SmartApiException of type ServerError if there is a term that no document can have
   */
  public Document write(Message message, Manner manner) {
    return asItIs(inManner(message, manner), message.node(), manner);
  }

  /**
   * Writes a message as it is: one that was signed, or that is somebody else's and only passed on
   * (Smart API, section 1.2, rule 4).
   *
   * @param graph the message as it was received, or signed
   * @param node the message's node
   * @param manner of which the syntax and the form of JSON-LD count
   * @return the document
   * @throws SmartApiException of type ServerError if there is a term that no document can have
   */
  public Document asItIs(Graph graph, Resource node, Manner manner) {
    byte[] body =
        switch (manner.syntax()) {
          case TURTLE -> turtle.write(graph);
          case JSON_LD -> jsonLd.write(graph, node, manner.jsonLd());
          case N_TRIPLES -> nTriples.write(graph);
          case RDF_XML -> throw new AssertionError("no manner has it");
        };
    return new Document(manner.syntax().mediaType(), body);
  }

  /**
   * Writes a message with parts beside it, such as what was encrypted and is long, or what an old
   * peer referred to (Smart API, sections 7.1 and 7.5).
   *
   * @param message the message as it is written alone
   * @param parts the parts
   * @return {@code multipart/related}; the message alone when there are no parts
   */
  public static Document withParts(Document message, List<Part> parts) {
    return parts.isEmpty()
        ? message
        : MultipartWriter.write(
            new Multipart(new Part(Part.MAIN, message.contentType(), message.body()), parts));
  }

  private static Set<Resource> secured(Graph graph) {
    Set<Resource> secured = new HashSet<>();
    for (Resource subject : graph.subjects()) {
      for (Term proof : graph.objects(subject, Sec.PROOF)) {
        secured.addAll(SecuredGraph.of(graph, subject).subjects());
        if (proof instanceof Resource node) {
          secured.add(node);
        }
      }
    }
    return secured;
  }
}
