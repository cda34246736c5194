package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.syntax.BoundedGraph;
import io.mestral.smartapi.syntax.Limits;

/**
 * The statements of a Turtle document (RDF 1.1 Turtle, section 6.5), as long as there is nothing
 * unusual about them.
 */
final class FastTurtle {
  private final Tokens tokens;
  private final BoundedGraph graph;
  private final int deepest;
  private int depth;

  private FastTurtle(Text text, Limits limits) {
    tokens = new Tokens(text);
    graph = new BoundedGraph(limits);
    deepest = limits.depth();
  }

  static Graph read(Text text, Limits limits) throws Doubt {
    FastTurtle turtle = new FastTurtle(text, limits);
    for (int next = turtle.tokens.skip(); next >= 0; next = turtle.tokens.skip()) {
      if (!turtle.tokens.prefix(next)) {
        turtle.statement(next);
      }
    }
    return turtle.graph.build();
  }

  /** Reads N-Triples, all of which is Turtle: three terms and a point, again and again. */
  static Graph readTriples(Text text, Limits limits) throws Doubt {
    FastTurtle turtle = new FastTurtle(text, limits);
    for (int next = turtle.tokens.skip(); next >= 0; next = turtle.tokens.skip()) {
      turtle.triple(next);
    }
    return turtle.graph.build();
  }

  /** One triple. Names with a prefix are left to the general reader: no prefix is declared. */
  private void triple(int first) throws Doubt {
    Resource subject = first == '_' ? tokens.blank() : tokens.iri(first);
    Iri predicate = tokens.iri(tokens.skip());
    int next = tokens.skip();
    Term object =
        switch (next) {
          case '"' -> tokens.quotedOnce();
          case '_' -> tokens.blank();
          default -> tokens.iri(next);
        };
    graph.add(subject, predicate, object);
    tokens.expect('.');
  }

  private void statement(int first) throws Doubt {
    if (first == '[') {
      enter();
      Blank subject = new Blank();
      boolean isEmpty = tokens.skip() == ']';
      properties(subject);
      leave(']');
      if (isEmpty || tokens.skip() != '.') {
        atLeastOne(subject);
      }
    } else if (first == '(') {
      atLeastOne(collection());
    } else if (first == '_') {
      atLeastOne(tokens.blank());
    } else {
      atLeastOne(tokens.iri(first));
    }
    tokens.expect('.');
  }

  private void atLeastOne(Resource subject) throws Doubt {
    if (!isPredicate(tokens.skip())) {
      throw Doubt.here();
    }
    properties(subject);
  }

  private static boolean isPredicate(int first) {
    return first == '<' || first == ':' || Characters.isLetter(first);
  }

  /** Properties with their values, up to what can't be one. */
  private void properties(Resource subject) throws Doubt {
    int next = tokens.skip();
    while (isPredicate(next)) {
      Iri predicate = tokens.isA() ? Rdf.TYPE : tokens.iri(next);
      do {
        graph.add(subject, predicate, object());
        next = tokens.skip();
      } while (next == ',' && passed());
      if (next != ';') {
        return;
      }
      while (next == ';') {
        tokens.pass();
        next = tokens.skip();
      }
    }
  }

  private boolean passed() {
    tokens.pass();
    return true;
  }

  private Term object() throws Doubt {
    int first = tokens.skip();
    return switch (first) {
      case '<', ':' -> tokens.iri(first);
      case '"', '\'' -> tokens.quoted();
      case '[' -> {
        enter();
        Blank node = new Blank();
        properties(node);
        leave(']');
        yield node;
      }
      case '(' -> collection();
      case '_' -> tokens.blank();
      case 't', 'f' -> {
        Literal truth = tokens.truth();
        yield truth == null ? tokens.iri(first) : truth;
      }
      case '+', '-', '.' -> tokens.number();
      default -> Characters.isDigit(first) ? tokens.number() : tokens.iri(first);
    };
  }

  /** A list in parentheses, cell by cell (RDF 1.1 Turtle, section 2.8). */
  private Resource collection() throws Doubt {
    enter();
    Resource head = Rdf.NIL;
    Blank last = null;
    while (tokens.skip() != ')') {
      Blank cell = new Blank();
      if (last == null) {
        head = cell;
      } else {
        graph.add(last, Rdf.REST, cell);
      }
      graph.add(cell, Rdf.FIRST, object());
      last = cell;
    }
    leave(')');
    if (last != null) {
      graph.add(last, Rdf.REST, Rdf.NIL);
    }
    return head;
  }

  private void enter() throws Doubt {
    tokens.pass();
    if (++depth > deepest) {
      throw Doubt.here();
    }
  }

  private void leave(int bracket) throws Doubt {
    tokens.expect(bracket);
    depth--;
  }
}
