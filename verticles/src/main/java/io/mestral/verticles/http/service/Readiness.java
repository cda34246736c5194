package io.mestral.verticles.http.service;

import io.vertx.core.Future;
import java.util.List;

/** Whether the node can serve. */
@FunctionalInterface
public interface Readiness {
  /**
   * Succeeds with what keeps the node from serving, a sentence each and without secrets; with an
   * empty list when nothing does.
   */
  Future<List<String>> problems();
}
