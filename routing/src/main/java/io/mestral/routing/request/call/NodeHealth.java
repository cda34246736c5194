package io.mestral.routing.request.call;

import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Functional;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code sx:nodeHealth} (Smart API, section 10): no Input; Outputs {@code status}, which is {@code
 * ready} or {@code unavailable}, and {@code reasons}, as {@code /health/ready} gives them.
 */
public final class NodeHealth implements Functional {
  private static final Iri NAME = new Iri(Namespaces.SX + "nodeHealth");

  private final Supplier<Future<List<String>>> problems;

  /** Of a node that knows what keeps it from serving. */
  public NodeHealth(Supplier<Future<List<String>>> problems) {
    this.problems = problems;
  }

  @Override
  public Iri iri() {
    return NAME;
  }

  @Override
  public Future<List<Output>> call(Activity activity, Asker asker) {
    return problems
        .get()
        .map(
            found -> {
              Output.Builder output = new Output.Builder();
              output.named("status", Variant.of(found.isEmpty() ? "ready" : "unavailable"));
              found.forEach(one -> output.named("reasons", Variant.of(one)));
              return List.of(output.build());
            });
  }
}
