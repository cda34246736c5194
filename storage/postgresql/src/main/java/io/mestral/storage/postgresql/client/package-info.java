/**
 * A PostgreSQL server asked from event loops: bounded, in order where order matters, and with an
 * answer in time whatever the server does.
 */
package io.mestral.storage.postgresql.client;
