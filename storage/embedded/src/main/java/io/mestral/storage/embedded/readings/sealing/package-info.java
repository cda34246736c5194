/** The store's thread, the only one that changes its files: what is in memory becomes blocks. */
package io.mestral.storage.embedded.readings.sealing;
