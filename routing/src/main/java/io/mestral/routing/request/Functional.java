package io.mestral.routing.request;

import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import java.util.List;

/** An Activity that is called like a function: Inputs in, Outputs out (Smart API, section 2.7). */
public interface Functional {
  /** The IRI that it is called by. */
  Iri iri();

  /**
   * Calls it. Fails with a {@link io.mestral.smartapi.error.SmartApiException} when the Inputs
   * don't fit.
   */
  Future<List<Output>> call(Activity activity, Asker asker);
}
