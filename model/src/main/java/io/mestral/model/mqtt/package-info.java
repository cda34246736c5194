/** A message as MQTT sees it: topics, filters, quality of service, and the publication itself. */
package io.mestral.model.mqtt;
