/** Metadata in PostgreSQL, behind the same ports as the embedded store. Nothing lives here yet. */
package io.mestral.storage.postgresql;
