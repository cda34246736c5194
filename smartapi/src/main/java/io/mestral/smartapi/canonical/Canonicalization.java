package io.mestral.smartapi.canonical;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of the canonicalization algorithm (RDFC-1.0, section 4.4). Blank nodes are numbers here,
 * counted from zero; the hashes are hexadecimal text. Nodes that already differ in the triples
 * around them, which is all of them in most messages, never come to the expensive step.
 */
final class Canonicalization {
  private static final HexFormat LOWER_CASE = HexFormat.of();
  private static final Comparator<byte[]> CODE_POINTS = Arrays::compareUnsigned;

  private final WorkBudget.Meter meter;
  private final MessageDigest digest;
  private final List<Quad> quads;
  private final List<List<Quad>> quadsOf = new ArrayList<>();
  private final String[] firstDegree;
  private final int[] canonical;
  private int issued;

  /**
   * One triple.
   *
   * @param subject text of the subject, or null for a blank node
   * @param subjectNode number of the subject, or -1
   * @param predicate text of the predicate in angle brackets
   * @param object text of the object, or null for a blank node
   * @param objectNode number of the object, or -1
   */
  record Quad(String subject, int subjectNode, String predicate, String object, int objectNode) {
    byte[] line(String subjectLabel, String objectLabel) {
      String first = subject == null ? subjectLabel : subject;
      String last = object == null ? objectLabel : object;
      return (first + ' ' + predicate + ' ' + last + " .\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  Canonicalization(Graph graph, HashAlgorithm hash, WorkBudget.Meter meter) {
    this.meter = meter;
    this.digest = hash.newDigest();
    this.quads = new ArrayList<>(graph.size());
    Map<Blank, Integer> numbers = new HashMap<>();
    graph.triples().forEach(triple -> add(triple, numbers));
    this.firstDegree = new String[quadsOf.size()];
    this.canonical = new int[quadsOf.size()];
    Arrays.fill(canonical, -1);
  }

  private void add(Triple triple, Map<Blank, Integer> numbers) {
    int subject = number(triple.subject(), numbers);
    int object = number(triple.object(), numbers);
    Quad quad =
        new Quad(
            text(triple.subject()),
            subject,
            text(triple.predicate()),
            text(triple.object()),
            object);
    quads.add(quad);
    if (subject >= 0) {
      quadsOf.get(subject).add(quad);
    }
    if (object >= 0 && object != subject) {
      quadsOf.get(object).add(quad);
    }
  }

  private int number(Term term, Map<Blank, Integer> numbers) {
    if (!(term instanceof Blank blank)) {
      return -1;
    }
    Integer known = numbers.get(blank);
    if (known != null) {
      return known;
    }
    int added = quadsOf.size();
    numbers.put(blank, added);
    quadsOf.add(new ArrayList<>(4));
    return added;
  }

  private static String text(Term term) {
    StringBuilder text = new StringBuilder(64);
    if (term instanceof Iri iri) {
      NQuadsText.iri(text, iri);
    } else if (term instanceof Literal literal) {
      NQuadsText.literal(text, literal);
    } else {
      return null;
    }
    return text.toString();
  }

  byte[] form() {
    if (canonical.length > 0) {
      TreeMap<String, List<Integer>> byHash = new TreeMap<>();
      for (int node = 0; node < firstDegree.length; node++) {
        firstDegree[node] = hashFirstDegree(node);
        byHash.computeIfAbsent(firstDegree[node], added -> new ArrayList<>(1)).add(node);
      }
      byHash.values().removeIf(this::issuedToOne);
      NDegreeHash hash = new NDegreeHash(this, meter);
      byHash.values().forEach(nodes -> issueToMany(nodes, hash));
    }
    return sortedLines();
  }

  private boolean issuedToOne(List<Integer> nodes) {
    if (nodes.size() == 1) {
      issue(nodes.get(0));
    }
    return nodes.size() == 1;
  }

  /** Step 5 of the algorithm for the nodes of one hash. */
  private void issueToMany(List<Integer> nodes, NDegreeHash hash) {
    List<NDegreeHash.Path> paths = new ArrayList<>();
    for (int node : nodes) {
      if (canonical[node] < 0) {
        paths.add(hash.of(node));
      }
    }
    paths.sort(Comparator.comparing(NDegreeHash.Path::hash));
    for (NDegreeHash.Path path : paths) {
      for (int node : path.nodes()) {
        issue(node);
      }
    }
  }

  private void issue(int node) {
    if (canonical[node] < 0) {
      canonical[node] = issued++;
    }
  }

  /** Hash First Degree Quads, section 4.6. */
  private String hashFirstDegree(int node) {
    List<Quad> around = quadsOf.get(node);
    byte[][] lines = new byte[around.size()][];
    for (int at = 0; at < lines.length; at++) {
      meter.step();
      Quad quad = around.get(at);
      lines[at] =
          quad.line(
              quad.subjectNode == node ? "_:a" : "_:z", quad.objectNode == node ? "_:a" : "_:z");
    }
    Arrays.sort(lines, CODE_POINTS);
    for (byte[] line : lines) {
      digest.update(line);
    }
    return LOWER_CASE.formatHex(digest.digest());
  }

  private byte[] sortedLines() {
    byte[][] lines = new byte[quads.size()][];
    int length = 0;
    for (int at = 0; at < lines.length; at++) {
      Quad quad = quads.get(at);
      lines[at] = quad.line(label(quad.subjectNode), label(quad.objectNode));
      length += lines[at].length;
    }
    Arrays.sort(lines, CODE_POINTS);
    ByteArrayOutputStream form = new ByteArrayOutputStream(length);
    for (byte[] line : lines) {
      form.writeBytes(line);
    }
    return form.toByteArray();
  }

  private String label(int node) {
    return node < 0 ? null : canonicalLabel(node);
  }

  List<Quad> quadsOf(int node) {
    return quadsOf.get(node);
  }

  int nodes() {
    return canonical.length;
  }

  String firstDegree(int node) {
    return firstDegree[node];
  }

  boolean hasCanonicalLabel(int node) {
    return canonical[node] >= 0;
  }

  String canonicalLabel(int node) {
    return "_:c14n" + canonical[node];
  }

  /** The hash of a text, as hexadecimal text. */
  String hash(CharSequence text) {
    return LOWER_CASE.formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
