/** The files on the disk: which there are, how they are opened, moved aside and held. */
package io.mestral.storage.embedded.readings.files;
