package io.mestral.routing.request.trail;

import io.mestral.smartapi.rdf.Iri;

/** Hears of each step of each request, on the thread that takes it; it must not wait. */
@FunctionalInterface
public interface Follower {
  /** A step was taken. */
  void noted(Iri request, Hop hop);
}
