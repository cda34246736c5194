/** Readings of one series as values: columns of them, what was removed, the newest two, days. */
package io.mestral.storage.embedded.readings.series;
