/**
 * The words that every room shares: what a topic, a reading, a device or a refusal is. Values only:
 * a model type guards its own validity and knows nothing of sockets, stores or threads.
 */
package io.mestral.model;
