/** How two nodes find out whether they have the same readings of an hour. */
package io.mestral.verticles.uplink.proof;
