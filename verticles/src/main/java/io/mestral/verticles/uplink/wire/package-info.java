/** What the messages between two nodes have in common. */
package io.mestral.verticles.uplink.wire;
