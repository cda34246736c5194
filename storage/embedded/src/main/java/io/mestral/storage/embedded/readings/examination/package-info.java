/** Looks through the files, of a store that goes on or of a copy, and says what is damaged. */
package io.mestral.storage.embedded.readings.examination;
