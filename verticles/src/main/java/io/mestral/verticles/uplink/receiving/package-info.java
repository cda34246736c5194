/** What edges bring to this node. */
package io.mestral.verticles.uplink.receiving;
