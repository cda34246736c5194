/**
 * What happens to clients and is worth telling: changes, refusals and losses, never a single
 * message that goes its way. No event holds a secret.
 */
package io.mestral.broker.telemetry.event;
