/** What is in memory until it is sealed: tables of readings, the way in, and figures of both. */
package io.mestral.storage.embedded.readings.memory;
