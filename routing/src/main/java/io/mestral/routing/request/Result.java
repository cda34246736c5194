package io.mestral.routing.request;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Failure;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a {@link Call}.
 *
 * @param entities what is answered; one that several sources know may stand here several times
 * @param outputs what a functional call gave
 * @param failures what came to nothing, and why
 */
public record Result(List<Entity> entities, List<Output> outputs, List<Failure> failures) {
  /** Nothing was found, and nothing failed. */
  public static final Result NOTHING = new Result(List.of(), List.of(), List.of());

  /** Entities alone. */
  public static Result of(List<Entity> entities) {
    return new Result(entities, List.of(), List.of());
  }

  /** The whole call failed. */
  public static Result failed(SmartApiException cause) {
    return new Result(List.of(), List.of(), List.of(new Failure(Optional.empty(), cause)));
  }

  /** A whole call of this name failed. */
  static Result failed(Optional<Iri> name, SmartApiException cause) {
    return new Result(List.of(), List.of(), List.of(new Failure(name, cause)));
  }

  /** The same without Entities of which something failed. */
  Result without(List<Failure> failed) {
    Set<Resource> gone = new HashSet<>();
    failed.forEach(one -> one.target().ifPresent(gone::add));
    return new Result(
        entities.stream().filter(one -> !gone.contains(one.node())).toList(), outputs, failures);
  }

  /** Both together. */
  public Result and(Result other) {
    return new Result(
        joined(entities, other.entities),
        joined(outputs, other.outputs),
        joined(failures, other.failures));
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    if (some.isEmpty()) return more;
    if (more.isEmpty()) return some;
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
