package io.mestral.smartapi.syntax.jsonld;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.RDFNode;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;

/** Graphs as Jena's models, which can tell whether two of them are isomorphic. */
final class JenaModels {
  private JenaModels() {}

  static Model of(Graph graph) {
    Model model = ModelFactory.createDefaultModel();
    Map<Term, Resource> blanks = new HashMap<>();
    graph
        .triples()
        .forEach(
            t ->
                node(t.subject(), blanks, model)
                    .asResource()
                    .addProperty(
                        model.createProperty(t.predicate().value()),
                        node(t.object(), blanks, model)));
    return model;
  }

  private static RDFNode node(Term term, Map<Term, Resource> blanks, Model model) {
    if (term instanceof Iri iri) {
      return model.createResource(iri.value());
    }
    if (term instanceof Literal literal) {
      return literal.language().isEmpty()
          ? model.createTypedLiteral(literal.lexical(), literal.datatype().value())
          : model.createLiteral(literal.lexical(), literal.language());
    }
    return blanks.computeIfAbsent(term, added -> model.createResource());
  }

  static Model turtle(InputStream turtle) {
    Model model = ModelFactory.createDefaultModel();
    RDFDataMgr.read(model, turtle, Lang.TURTLE);
    return model;
  }

  /** What the JSON-LD library alone makes of a document. */
  static Dataset library(byte[] jsonLd) throws JsonLdError {
    JsonLdOptions options =
        new JsonLdOptions(
            (url, load) -> {
              if (url.toString().equals(TermContext.BUNDLED_IRI)) {
                return JsonDocument.of(new ByteArrayInputStream(TermContext.bundledText()));
              }
              throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "" + url);
            });
    StringWriter quads = new StringWriter();
    JsonLd.toRdf(JsonDocument.of(new ByteArrayInputStream(jsonLd)))
        .options(options)
        .provide(new NQuadsWriter(quads));
    Dataset dataset = DatasetFactory.create();
    RDFDataMgr.read(dataset, new StringReader(quads.toString()), "", Lang.NQUADS);
    return dataset;
  }
}
