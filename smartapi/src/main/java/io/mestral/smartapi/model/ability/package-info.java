/**
 * What is known of how things can be used: abilities, availabilities, and what goes into and comes
 * out of calls.
 */
package io.mestral.smartapi.model.ability;
