package io.mestral.smartapi.matching;

import io.mestral.smartapi.model.entity.Entity;
import java.util.Optional;

/**
 * What an Activity does to one Entity; it is for the caller to carry out, wholly or not at all.
 *
 * @param before the Entity as it is known; nothing when it is made
 * @param after the Entity as it shall be; nothing when it is removed
 */
public record Change(Optional<Entity> before, Optional<Entity> after) {}
