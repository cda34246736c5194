package io.mestral.routing.request;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Iri;
import java.util.List;

/** The Activities that Entities offer to be called by their IRIs (Smart API, section 2.1). */
public interface Offers {
  /**
   * The Entity that is asked when an Activity is called, once the call is found right. Fails with
   * NotFoundError when nobody offers it, NotAuthorizedError when the asker may not call it, and
   * with InvalidParams or UnitError when the Inputs aren't what the Activity takes.
   */
  Entity called(Iri name, Activity call, Asker asker);

  /** Whether somebody offers an Activity. */
  boolean isOffered(Iri activity);

  /** Some of the Activities that an asker may see: at most so many, and no end of looking. */
  List<Iri> some(Asker asker, int most);

  /** Whether an Activity is offered by others, and by nothing that this gateway manages. */
  boolean isOthers(String gateway, Iri activity);
}
