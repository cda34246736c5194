package io.mestral.verticles.http.openapi;

import io.vertx.core.http.HttpMethod;

/**
 * One operation of the contract.
 *
 * @param id its {@code operationId}; the one of the PATCH for a PUT that is the same
 * @param path with the names of variable segments in braces
 * @param unversioned whether it answers without the version in front of its path, too
 */
public record Operation(String id, HttpMethod method, String path, boolean unversioned) {
  private static final String VERSION = "/v\\d+/.*";

  /** The first segment of the path; of a path with a version the one that follows. */
  String collection() {
    String[] segments = path.split("/");
    int first = path.matches(VERSION) ? 2 : 1;
    return segments.length > first ? segments[first] : "";
  }
}
