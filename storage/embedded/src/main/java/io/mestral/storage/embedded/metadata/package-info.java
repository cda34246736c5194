/**
 * The accounts, devices and catalogue of a node that has no database server: one SQLite file, its
 * daily snapshots, and what is done when the file turns out damaged.
 */
package io.mestral.storage.embedded.metadata;
