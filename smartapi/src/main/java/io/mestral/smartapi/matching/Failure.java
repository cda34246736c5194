package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;

/**
 * Why one template of an Activity, or one Entity it means, came to nothing; the others go on.
 *
 * @param target the template's IRI or the Entity's; nothing when the template has none
 * @param cause what was wrong
 */
public record Failure(Optional<Iri> target, SmartApiException cause) {}
