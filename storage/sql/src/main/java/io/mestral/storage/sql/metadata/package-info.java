/** The metadata ports in tables, written once for every engine; the engines bring the tables. */
package io.mestral.storage.sql.metadata;
