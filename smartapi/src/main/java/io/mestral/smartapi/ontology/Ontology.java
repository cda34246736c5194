package io.mestral.smartapi.ontology;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Owl;
import io.mestral.smartapi.vocabulary.Rdfs;
import io.mestral.smartapi.vocabulary.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The subclass relation of the vocabulary (Smart API, section 1.3). On the wire a node has its most
 * special type alone, so whoever asks for Devices must know that a Gateway is one. Immutable.
 */
public final class Ontology {
  private final Map<Iri, Set<Iri>> superclasses;

  private Ontology(Map<Iri, Set<Iri>> superclasses) {
    this.superclasses = superclasses;
  }

  /**
   * The bundled vocabulary of the Smart API and its edge profile.
   *
   * @return always the same one
   */
  public static Ontology core() {
    return Core.ONTOLOGY;
  }

  /**
   * This ontology and another one's classes.
   *
   * @param more a graph with {@code rdfs:subClassOf} or {@code owl:equivalentClass}; whatever else
   *     is in it is not looked at
   * @return both together
   */
  public Ontology with(Graph more) {
    Map<Iri, Set<Iri>> direct = new LinkedHashMap<>();
    superclasses.forEach((type, wider) -> direct.put(type, new LinkedHashSet<>(wider)));
    more.triples()
        .forEach(
            triple -> {
              boolean same = triple.predicate().equals(Owl.EQUIVALENT_CLASS);
              if (same || triple.predicate().equals(Rdfs.SUB_CLASS_OF)) {
                add(direct, triple.subject(), triple.object());
              }
              if (same && triple.object() instanceof Resource other) {
                add(direct, other, triple.subject());
              }
            });
    Map<Iri, Set<Iri>> all = new LinkedHashMap<>();
    direct.keySet().forEach(type -> all.put(type, reachable(type, direct)));
    return new Ontology(all);
  }

  /**
   * The classes wider than one.
   *
   * @param type any class
   * @return all its superclasses, near and far, without itself; empty for a class that isn't known
   */
  public Set<Iri> superclasses(Iri type) {
    return superclasses.getOrDefault(type, Set.of());
  }

  /**
   * Says whether a class is another one or a kind of it.
   *
   * @param type the narrower class
   * @param wider the wider class; {@code smartapi:Object} is wider than every class
   * @return whether every member of the first is a member of the second
   */
  public boolean isA(Iri type, Iri wider) {
    return type.equals(wider) || wider.equals(Types.OBJECT) || superclasses(type).contains(wider);
  }

  /**
   * Says whether a node is of a class.
   *
   * @param graph where it is described
   * @param node the node
   * @param wider the class
   * @return whether one of its types is the class or a kind of it
   */
  public boolean isA(Graph graph, Resource node, Iri wider) {
    for (Term type : graph.objects(node, Rdf.TYPE)) {
      if (type instanceof Iri one && isA(one, wider)) {
        return true;
      }
    }
    return false;
  }

  private static void add(Map<Iri, Set<Iri>> direct, Resource type, Term wider) {
    if (type instanceof Iri narrow && wider instanceof Iri wide && !narrow.equals(wide)) {
      direct.computeIfAbsent(narrow, added -> new LinkedHashSet<>()).add(wide);
    }
  }

  private static Set<Iri> reachable(Iri from, Map<Iri, Set<Iri>> direct) {
    Set<Iri> found = new LinkedHashSet<>();
    Deque<Iri> open = new ArrayDeque<>(direct.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      Iri next = open.pop();
      if (!next.equals(from) && found.add(next)) {
        open.addAll(direct.getOrDefault(next, Set.of()));
      }
    }
    return found;
  }

  /** Read when it is first asked for. */
  private static final class Core {
    static final Ontology ONTOLOGY = new Ontology(Map.of()).with(CoreVocabulary.graph());
  }
}
