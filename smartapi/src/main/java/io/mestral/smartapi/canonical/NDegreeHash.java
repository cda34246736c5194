package io.mestral.smartapi.canonical;

import io.mestral.smartapi.canonical.Canonicalization.Quad;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hash N-Degree Quads (RDFC-1.0, section 4.8): tells blank nodes apart that look alike in the
 * triples next to them, by what lies behind. The algorithm calls itself along chains of such nodes,
 * as long as the message likes; so the calls are frames on a stack of its own here. Its issuer of
 * temporary identifiers, which the algorithm copies for each attempt, is one record of what was
 * issued, taken back to a mark.
 */
final class NDegreeHash {
  private final Canonicalization graph;
  private final WorkBudget.Meter meter;
  private final int[] numberOf;
  private final int[] order;
  private int issued;
  private final Deque<Frame> frames = new ArrayDeque<>();

  /**
   * What came out for a node.
   *
   * @param hash the hash, as hexadecimal text
   * @param nodes the nodes in the order in which temporary identifiers were issued to them
   */
  record Path(String hash, int[] nodes) {}

  NDegreeHash(Canonicalization graph, WorkBudget.Meter meter) {
    this.graph = graph;
    this.meter = meter;
    this.numberOf = new int[graph.nodes()];
    this.order = new int[graph.nodes()];
    Arrays.fill(numberOf, -1);
  }

  /** The hash of a node; what an earlier one left behind is taken back first. */
  Path of(int node) {
    takeBackTo(0);
    issue(node);
    call(node);
    String result = null;
    while (!frames.isEmpty()) {
      Frame frame = frames.peek();
      if (result != null) {
        frame.takeResult(result);
      }
      int next = frame.proceed();
      result = null;
      if (next >= 0) {
        call(next);
      } else {
        result = graph.hash(frame.data);
        frames.pop();
      }
    }
    return new Path(result, Arrays.copyOf(order, issued));
  }

  private void call(int node) {
    meter.call();
    frames.push(new Frame(node));
  }

  private void issue(int node) {
    numberOf[node] = issued;
    order[issued++] = node;
  }

  private void takeBackTo(int mark) {
    while (issued > mark) {
      numberOf[order[--issued]] = -1;
    }
  }

  private String label(int node) {
    return "_:b" + numberOf[node];
  }

  /** One call: the node's neighbours in groups of equal hash, and each group in every order. */
  private final class Frame {
    private final StringBuilder data = new StringBuilder();
    private final List<Map.Entry<String, int[]>> groups;
    private int group = -1;
    private int mark;
    private int[] permutation;
    private StringBuilder path;
    private final List<Integer> toVisit = new ArrayList<>(2);
    private int visited;
    private String chosenPath;
    private int[] chosenOrder;

    Frame(int node) {
      Map<String, List<Integer>> related = new TreeMap<>();
      for (Quad quad : graph.quadsOf(node)) {
        meter.step();
        add(related, quad, quad.subjectNode(), node, 's');
        add(related, quad, quad.objectNode(), node, 'o');
      }
      groups = new ArrayList<>(related.size());
      related.forEach(
          (hash, nodes) ->
              groups.add(
                  Map.entry(hash, nodes.stream().mapToInt(Integer::intValue).sorted().toArray())));
    }

    private void add(
        Map<String, List<Integer>> related, Quad quad, int other, int node, char position) {
      if (other >= 0 && other != node) {
        related
            .computeIfAbsent(hashRelated(other, quad, position), added -> new ArrayList<>(1))
            .add(other);
      }
    }

    /** Hash Related Blank Node, section 4.7. */
    private String hashRelated(int other, Quad quad, char position) {
      String identifier;
      if (graph.hasCanonicalLabel(other)) {
        identifier = graph.canonicalLabel(other);
      } else {
        identifier = numberOf[other] >= 0 ? label(other) : graph.firstDegree(other);
      }
      return graph.hash(position + quad.predicate() + identifier);
    }

    /** Goes on until another node has to be hashed first (its number) or all is done (-1). */
    int proceed() {
      while (true) {
        if (permutation == null && !nextGroup()) {
          return -1;
        }
        if (path != null && visited < toVisit.size()) {
          return toVisit.get(visited);
        }
        if (path != null) {
          choose();
        }
        nextPermutation();
      }
    }

    private boolean nextGroup() {
      if (++group == groups.size()) {
        return false;
      }
      data.append(groups.get(group).getKey());
      mark = issued;
      chosenPath = null;
      permutation = groups.get(group).getValue();
      beginPath();
      return true;
    }

    /** The next order of the group, or its end. */
    private void nextPermutation() {
      boolean single = permutation.length == 1;
      if (!single && advance(permutation)) {
        takeBackTo(mark);
        beginPath();
        return;
      }
      if (!single) {
        takeBackTo(mark);
        for (int node : chosenOrder) {
          issue(node);
        }
      }
      data.append(chosenPath);
      permutation = null;
      path = null;
    }

    private void beginPath() {
      meter.step();
      path = new StringBuilder();
      toVisit.clear();
      visited = 0;
      for (int node : permutation) {
        if (graph.hasCanonicalLabel(node)) {
          path.append(graph.canonicalLabel(node));
        } else {
          if (numberOf[node] < 0) {
            toVisit.add(node);
            issue(node);
          }
          path.append(label(node));
        }
        if (isBehind()) {
          path = null;
          return;
        }
      }
    }

    void takeResult(String hash) {
      path.append(label(toVisit.get(visited++))).append('<').append(hash).append('>');
      if (isBehind()) {
        path = null;
      }
    }

    private boolean isBehind() {
      return chosenPath != null
          && path.length() >= chosenPath.length()
          && CharSequence.compare(path, chosenPath) > 0;
    }

    private void choose() {
      if (chosenPath == null || CharSequence.compare(path, chosenPath) < 0) {
        chosenPath = path.toString();
        chosenOrder = permutation.length == 1 ? null : Arrays.copyOfRange(order, mark, issued);
      }
    }
  }

  /** The next permutation in lexicographic order, in place; false after the last one. */
  private static boolean advance(int[] permutation) {
    int left = permutation.length - 2;
    while (left >= 0 && permutation[left] >= permutation[left + 1]) {
      left--;
    }
    if (left < 0) {
      return false;
    }
    int right = permutation.length - 1;
    while (permutation[right] <= permutation[left]) {
      right--;
    }
    swap(permutation, left, right);
    for (int low = left + 1, high = permutation.length - 1; low < high; low++, high--) {
      swap(permutation, low, high);
    }
    return true;
  }

  private static void swap(int[] numbers, int one, int other) {
    int kept = numbers[one];
    numbers[one] = numbers[other];
    numbers[other] = kept;
  }
}
