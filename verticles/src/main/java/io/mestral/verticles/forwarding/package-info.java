/**
 * Readings that go on to partners (spec 1.11): kept in the journal with the readings themselves,
 * then published in the order they came, whoever is there to take them.
 */
package io.mestral.verticles.forwarding;
