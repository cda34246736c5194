package io.mestral.storage;

import io.mestral.model.platform.SealedToken;
import java.time.Instant;

/**
 * A key that tokens are signed with.
 *
 * @param id as it stands in the tokens' heads
 * @param sealed the private key, a JSON Web Key
 */
public record SigningKey(String id, SealedToken sealed, Instant createdAt) {}
