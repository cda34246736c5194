/**
 * The ports: what the platform asks of a store, in its own words. Engines implement them in rooms
 * of their own and prove it with the contract tests that live beside these interfaces.
 *
 * <p>Every method is asynchronous. A future that succeeds for a write means <em>kept</em>: on disk,
 * or on the configured replicas. A future that fails fails with a {@link
 * io.mestral.model.outcome.Refusing} when the cause was foreseen: changing or adding to something
 * that doesn't exist is refused as {@code PROTOCOL_ERROR}.
 */
package io.mestral.storage;
