/**
 * The journal: append-only segment files that make an acknowledgement true. One thread writes them;
 * whatever waits for it goes to disk with one write and one sync. What it promises after a crash
 * stands in {@link io.mestral.storage.embedded.journal.Recovery}.
 */
package io.mestral.storage.embedded.journal;
