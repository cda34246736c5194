package io.mestral.verticles.smartrequest.platform;

import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;

/**
 * What a sensor measures, in the Smart API's words.
 *
 * @param quantityKind today's IRI in QUDT, or the Smart API's own where QUDT has none; empty when
 *     nobody said which
 * @param unit of the values as shown, today's IRI in QUDT; empty when there is none, or none known
 * @param property what the value is called as a Parameter, such as {@code airTemperature}; several
 *     sensors may have one name; empty when nobody named it
 */
public record Measurand(
    Optional<Iri> quantityKind, Optional<Iri> unit, Optional<String> property) {}
