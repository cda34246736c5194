/**
 * What lists are asked for: conditions and orders as values, read from requests at the door and put
 * into an engine's words where the things are kept.
 */
package io.mestral.storage.search;
