/**
 * MQTT packets as bytes and as values: strict in what it takes, and each frame is written once.
 * Nothing here knows of sessions or of who may do what.
 */
package io.mestral.broker.wire;
