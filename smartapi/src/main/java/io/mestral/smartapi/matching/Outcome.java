package io.mestral.smartapi.matching;

import io.mestral.smartapi.model.entity.Entity;
import java.util.List;

/**
 * What comes of an Activity.
 *
 * @param entities the Entities to answer with, each once; their order means nothing
 * @param changes what is to be carried out before that is answered; empty for Read
 * @param failures what came to nothing, and why
 */
public record Outcome(List<Entity> entities, List<Change> changes, List<Failure> failures) {}
