/**
 * Answers what is asked of the store: threads that read, and what they read from files and memory
 * together.
 */
package io.mestral.storage.embedded.readings.queries;
