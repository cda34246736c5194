package io.mestral.smartapi.ontology;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.mestral.smartapi.vocabulary.Owl;
import io.mestral.smartapi.vocabulary.Rdfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The vocabulary as a page for people: each class, property and individual with what its
 * description says. One HTML document that needs nothing else; the same vocabulary gives the same
 * page.
 */
public final class VocabularyPage {
  private static final Set<String> PROPERTY_CLASSES =
      Set.of("ObjectProperty", "DatatypeProperty", "Property");
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8886; --soft: #8881; }
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: auto; padding: 1rem; }
      nav ul { columns: 14rem; list-style: none; padding: 0; }
      section { border-top: 1px solid var(--line); margin-top: 2rem; }
      article { border-bottom: 1px solid var(--line); padding: .5rem 0; }
      article:target { background: var(--soft); }
      h3 { margin: 0; font-size: 1rem; }
      p, dl { margin: .25rem 0; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
      dd { margin: 0; }
      code { font-size: .9em; overflow-wrap: anywhere; }
      """;

  private final Graph vocabulary;
  private final StringBuilder page = new StringBuilder(64_000);

  private VocabularyPage(Graph vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * The page of a vocabulary.
   *
   * @param vocabulary descriptions in RDFS and OWL, such as {@link CoreVocabulary#graph}
   * @return an HTML document
   */
  public static String of(Graph vocabulary) {
    return new VocabularyPage(vocabulary).write();
  }

  /**
   * Writes the page of the bundled vocabulary.
   *
   * @param args the file
   * @throws IOException if it can't be written
   */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), of(CoreVocabulary.graph()));
  }

  private String write() {
    List<Iri> classes = terms(type -> type.equals("Class"));
    List<Iri> properties = terms(PROPERTY_CLASSES::contains);
    List<Iri> individuals =
        terms(type -> !type.equals("Class") && !PROPERTY_CLASSES.contains(type));
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
        .append("<title>Smart API vocabulary</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>Smart API vocabulary</h1>\n");
    prefixes();
    page.append("<nav aria-label=\"Terms\">\n");
    contents("Classes", classes);
    contents("Properties", properties);
    contents("Individuals", individuals);
    page.append("</nav>\n<main>\n");
    section("Classes", classes);
    section("Properties", properties);
    section("Individuals", individuals);
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  /** The terms one of whose classes passes, by name. */
  private List<Iri> terms(Predicate<String> ofClass) {
    return vocabulary.subjects().stream()
        .filter(node -> node instanceof Iri)
        .map(node -> (Iri) node)
        .filter(
            term ->
                vocabulary.objects(term, Rdf.TYPE).stream()
                    .map(type -> localName((Iri) type))
                    .anyMatch(type -> !type.equals("Ontology") && ofClass.test(type)))
        .sorted(
            Comparator.comparing(VocabularyPage::localName, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Iri::value))
        .toList();
  }

  private void prefixes() {
    page.append("<dl>\n");
    Set<String> used =
        vocabulary.subjects().stream()
            .filter(node -> node instanceof Iri)
            .map(node -> namespace((Iri) node))
            .collect(Collectors.toSet());
    for (Map.Entry<String, String> prefix : Namespaces.prefixes().entrySet()) {
      if (used.contains(prefix.getValue())) {
        page.append("<dt><code>").append(prefix.getKey()).append(":</code></dt><dd><code>");
        page.append(escaped(prefix.getValue())).append("</code></dd>\n");
      }
    }
    page.append("</dl>\n");
  }

  private void contents(String title, List<Iri> terms) {
    page.append("<h2>").append(title).append("</h2>\n<ul>\n");
    for (Iri term : terms) {
      page.append("<li>").append(link(term)).append("</li>\n");
    }
    page.append("</ul>\n");
  }

  private void section(String title, List<Iri> terms) {
    page.append("<section>\n<h2>").append(title).append("</h2>\n");
    for (Iri term : terms) {
      article(term);
    }
    page.append("</section>\n");
  }

  private void article(Iri term) {
    page.append("<article id=\"").append(escaped(anchor(term))).append("\">\n<h3><code>");
    page.append(escaped(compact(term))).append("</code></h3>\n");
    for (Term comment : vocabulary.objects(term, Rdfs.COMMENT)) {
      page.append("<p>").append(escaped(((Literal) comment).lexical())).append("</p>\n");
    }
    page.append("<dl>\n<dt>IRI</dt><dd><code>").append(escaped(term.value()));
    page.append("</code></dd>\n");
    row("Is a", types(term));
    row("Kind of", vocabulary.objects(term, Rdfs.SUB_CLASS_OF));
    row("Of", vocabulary.objects(term, Rdfs.DOMAIN));
    row("Value", vocabulary.objects(term, Rdfs.RANGE));
    row("See also", vocabulary.objects(term, Rdfs.SEE_ALSO));
    page.append("</dl>\n</article>\n");
  }

  /** The classes that say more than that it is a class or a property. */
  private Collection<Term> types(Iri term) {
    return vocabulary.objects(term, Rdf.TYPE).stream()
        .filter(type -> !type.equals(Owl.CLASS) && !type.equals(Rdf.PROPERTY))
        .toList();
  }

  private void row(String title, Collection<Term> terms) {
    if (!terms.isEmpty()) {
      String all =
          terms.stream()
              .flatMap(term -> alternatives(term).stream())
              .map(this::link)
              .collect(Collectors.joining(", "));
      page.append("<dt>").append(title).append("</dt><dd>").append(all).append("</dd>\n");
    }
  }

  /** The classes of which one is meant, where a union stands; else the term itself. */
  private List<Term> alternatives(Term term) {
    if (!(term instanceof Resource node) || !vocabulary.predicates(node).contains(Owl.UNION_OF)) {
      return List.of(term);
    }
    List<Term> all = new ArrayList<>();
    Term cell = vocabulary.object(node, Owl.UNION_OF).orElse(Rdf.NIL);
    while (cell instanceof Resource one && !one.equals(Rdf.NIL)) {
      all.addAll(vocabulary.objects(one, Rdf.FIRST));
      cell = vocabulary.object(one, Rdf.REST).orElse(Rdf.NIL);
    }
    return all;
  }

  private String link(Term term) {
    String name = "<code>" + escaped(compact(term)) + "</code>";
    return term instanceof Iri iri && vocabulary.describes(iri)
        ? "<a href=\"#" + escaped(anchor(iri)) + "\">" + name + "</a>"
        : name;
  }

  private static String anchor(Iri term) {
    return compact(term).replace(':', '-');
  }

  private static String compact(Term term) {
    if (term instanceof Iri iri) {
      for (Map.Entry<String, String> prefix : Namespaces.prefixes().entrySet()) {
        if (namespace(iri).equals(prefix.getValue())) {
          return prefix.getKey() + ":" + localName(iri);
        }
      }
      return iri.value();
    }
    return ((Literal) term).lexical();
  }

  private static String namespace(Iri iri) {
    return iri.value().substring(0, end(iri));
  }

  private static String localName(Iri iri) {
    return iri.value().substring(end(iri));
  }

  private static int end(Iri iri) {
    return Math.max(iri.value().lastIndexOf('#'), iri.value().lastIndexOf('/')) + 1;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
