/** What the node tells of its work to those who watch it: traces of requests, by OpenTelemetry. */
package io.mestral.verticles.telemetry;
