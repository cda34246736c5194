/** What readings are as bytes: blocks and rows of days, and the bodies of the journal's records. */
package io.mestral.storage.embedded.readings.format;
