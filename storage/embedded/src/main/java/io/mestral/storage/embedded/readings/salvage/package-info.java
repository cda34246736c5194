/**
 * Saves what a broken file of a month still has, page by page, where SQLite doesn't get past the
 * damage.
 */
package io.mestral.storage.embedded.readings.salvage;
