/** What a node tells an edge of users, devices and the catalogue, and how it stands on the wire. */
package io.mestral.verticles.uplink.state;
