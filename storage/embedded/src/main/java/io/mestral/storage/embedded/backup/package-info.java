/** Backups of what a node keeps itself: taken while it runs, looked through, brought back. */
package io.mestral.storage.embedded.backup;
