package io.mestral.model.reading;

import io.mestral.model.platform.DeviceId;
import io.mestral.model.platform.SensorId;

/** All readings of one sensor on one device, named. */
public record Series(DeviceId device, SensorId sensor) {}
