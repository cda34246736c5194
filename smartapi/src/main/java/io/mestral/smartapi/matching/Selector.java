package io.mestral.smartapi.matching;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;

/** Something that a candidate must be or have (Smart API, section 3.2, rules M2 to M12). */
interface Selector {
  /**
   * Whether a node, the candidate or something that belongs to it, is or has it.
   *
   * @param graph where the candidate is described
   * @param node the node
   * @return whether this lets it through
   */
  boolean holds(Graph graph, Resource node);
}
