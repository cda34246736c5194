/** What operators see of the broker: figures, and names with the secrets taken out. */
package io.mestral.broker.telemetry;
