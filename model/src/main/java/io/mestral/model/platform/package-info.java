/** The Smart Citizen platform's things: users, devices, their components, sensors, measurements. */
package io.mestral.model.platform;
