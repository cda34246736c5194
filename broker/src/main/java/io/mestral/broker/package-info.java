/** MQTT on the socket. */
package io.mestral.broker;
