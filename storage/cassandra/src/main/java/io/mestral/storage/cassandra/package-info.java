/**
 * Readings in a Cassandra cluster, behind the same port as the embedded store. Nothing lives here
 * yet.
 */
package io.mestral.storage.cassandra;
