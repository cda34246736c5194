package io.mestral.smartapi.security.encryption;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;

/**
 * A message with a part that was encrypted.
 *
 * @param message the message, with a stub for the part
 * @param reference the IRI of the stub and of the object behind it
 * @param part the JWE, to be sent beside the message as {@code application/jose} with that IRI as
 *     its Content-ID; nothing when it is in the stub
 */
public record Encrypted(Graph message, Iri reference, Optional<byte[]> part) {}
