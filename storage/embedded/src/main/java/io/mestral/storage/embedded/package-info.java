/** The stores inside the node: a journal of our own, SQLite behind it. */
package io.mestral.storage.embedded;
