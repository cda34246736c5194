/** Lets go of readings, and later of the hours that are left of them, when they are too old. */
package io.mestral.storage.embedded.readings.retention;
