/** What a node has from the node above it, so that it can do without. */
package io.mestral.storage.replica;
