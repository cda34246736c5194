/**
 * What a database that is asked in SQL has to offer, so that what is asked is written once: its
 * statements, its transactions, and the few things each engine says its own way.
 */
package io.mestral.storage.sql;
