/**
 * Readings in a Cassandra cluster, behind the same port as the embedded store. What is appended is
 * kept by the node's journal, and carried over to the cluster from there.
 */
package io.mestral.storage.cassandra;
