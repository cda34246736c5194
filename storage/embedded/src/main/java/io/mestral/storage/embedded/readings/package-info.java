/**
 * Readings: in the journal first, then in memory, later sealed into compressed blocks of one series
 * and day, in one SQLite file for each month. A reading can be in more than one of these places at
 * a time; whoever reads merges them, and the later arrival wins.
 *
 * <p>The store stands here, and its parts in rooms below, each of which knows only earlier ones:
 * {@code series} and {@code format} are the values and their bytes, {@code files} and {@code
 * months} what lies on the disk, {@code memory} what doesn't yet, {@code newest} what was said
 * last; {@code queries} answers from all of these; {@code salvage}, {@code retention} and {@code
 * sealing} change files, and {@code examination} looks through them.
 */
package io.mestral.storage.embedded.readings;
