/** The file of a month, its blocks and its rows of days: written by one thread, read by others. */
package io.mestral.storage.embedded.readings.months;
