/**
 * Sessions that outlive their connections, and the node: their subscriptions, the messages queued
 * for them, and what is in flight, written to one stream of the journal and rebuilt from it.
 */
package io.mestral.broker.keeping;
