/**
 * Metadata in PostgreSQL, behind the same ports as the embedded store: a class for each port, over
 * one {@link io.mestral.storage.postgresql.client.Server}.
 */
package io.mestral.storage.postgresql;
