package io.mestral.smartapi.model;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;

/**
 * How a node is seen as an object of a class; each class of the model has a method {@code at} that
 * is one.
 *
 * @param <T> the class
 */
@FunctionalInterface
public interface Kind<T extends Obj> {

  /**
   * Sees a node as the class.
   *
   * @param graph where it is described
   * @param node the node; its types are not looked at
   * @return the view
   */
  T at(Graph graph, Resource node);
}
