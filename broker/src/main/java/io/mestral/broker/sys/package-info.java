/** What the node says of itself below {@code $SYS/broker}, under the names that Mosquitto uses. */
package io.mestral.broker.sys;
