/**
 * Smart API messages over MQTT (Smart API, section 8.2): what comes in, and the way to gateways.
 */
package io.mestral.verticles.smartrequest.mqtt;
