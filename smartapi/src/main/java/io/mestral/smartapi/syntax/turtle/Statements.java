package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The statements of one Turtle document, without its prefixes. */
final class Statements {
  /** Below what readers refuse by default, for those that count otherwise. */
  private static final int DEEPEST = 60;

  private final Graph graph;
  private final Shape shape;
  private final Names names;
  private final Escapes out;
  private final Map<Blank, String> labels = new HashMap<>();

  /** Nodes that would have been nested too deeply. */
  private final Deque<Blank> postponed = new ArrayDeque<>();

  Statements(Graph graph, Names names, OutputStream out) {
    this.graph = graph;
    this.shape = Shape.of(graph);
    this.names = names;
    this.out = new Escapes(out);
  }

  void write() throws IOException {
    for (Resource subject : graph.subjects()) {
      if (!shape.isNested(subject)) {
        statement(subject);
        while (!postponed.isEmpty()) {
          statement(postponed.remove());
        }
      }
    }
    out.flush();
  }

  private void statement(Resource subject) throws IOException {
    out.octet('\n');
    if (subject instanceof Iri iri) {
      names.write(iri, out);
    } else if (shape.isReferredTo((Blank) subject)) {
      label((Blank) subject);
    } else {
      out.ascii("[]");
    }
    out.octet(' ');
    properties(subject, 0);
    out.ascii(" .\n");
  }

  private void properties(Resource subject, int depth) throws IOException {
    boolean first = true;
    if (graph.predicates(subject).contains(Rdf.TYPE)) {
      out.octet('a');
      objects(subject, Rdf.TYPE, depth);
      first = false;
    }
    for (Iri predicate : graph.predicates(subject)) {
      if (!predicate.equals(Rdf.TYPE)) {
        if (!first) {
          out.ascii(" ;\n");
          indent(depth + 1);
        }
        names.write(predicate, out);
        objects(subject, predicate, depth);
        first = false;
      }
    }
  }

  private void indent(int depth) throws IOException {
    for (int i = 0; i < depth; i++) {
      out.ascii("    ");
    }
  }

  private void objects(Resource subject, Iri predicate, int depth) throws IOException {
    String before = " ";
    for (Term object : graph.objects(subject, predicate)) {
      out.ascii(before);
      object(object, depth);
      before = " , ";
    }
  }

  private void object(Term object, int depth) throws IOException {
    if (object instanceof Iri iri) {
      names.write(iri, out);
    } else if (object instanceof Literal literal) {
      literal(literal);
    } else {
      node((Blank) object, depth);
    }
  }

  private void literal(Literal literal) throws IOException {
    if (Bare.is(literal)) {
      out.ascii(literal.lexical());
      return;
    }
    out.quoted(literal.lexical());
    if (!out.language(literal) && Escapes.isTyped(literal)) {
      out.ascii("^^");
      names.write(literal.datatype(), out);
    }
  }

  private void node(Blank node, int depth) throws IOException {
    if (!shape.isNested(node)) {
      label(node);
    } else if (!graph.describes(node)) {
      out.ascii("[]");
    } else if (depth == DEEPEST) {
      label(node);
      postponed.add(node);
    } else if (shape.isList(node)) {
      list(node, depth + 1);
    } else {
      out.ascii("[ ");
      properties(node, depth + 1);
      out.ascii(" ]");
    }
  }

  private void list(Blank head, int depth) throws IOException {
    out.ascii("( ");
    for (Term cell = head; cell instanceof Blank blank; cell = shape.only(blank, Rdf.REST)) {
      object(shape.only(blank, Rdf.FIRST), depth);
      out.octet(' ');
    }
    out.octet(')');
  }

  private void label(Blank node) throws IOException {
    out.ascii(labels.computeIfAbsent(node, added -> "_:b" + (labels.size() + 1)));
  }
}
