/** The newest readings of each series: their file, who looks for them, and who tells them. */
package io.mestral.storage.embedded.readings.newest;
