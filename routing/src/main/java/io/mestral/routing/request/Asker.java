package io.mestral.routing.request;

import io.mestral.model.access.Principal;
import io.mestral.smartapi.rdf.Iri;

/** Who asks: the IRI they speak as, and who they are to the platform. */
public record Asker(Iri identity, Principal principal) {}
