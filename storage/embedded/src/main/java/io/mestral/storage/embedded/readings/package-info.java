/**
 * Readings: in the journal first, then in memory, later sealed into compressed blocks of one series
 * and day, in one SQLite file for each month. A reading can be in more than one of these places at
 * a time; whoever reads merges them, and the later arrival wins.
 */
package io.mestral.storage.embedded.readings;
