/**
 * SQLite as the metadata ports need it: one writing thread whose units share commits, a few reading
 * threads, numbered schema steps. Nothing here knows users or devices.
 */
package io.mestral.storage.embedded.metadata.sqlite;
