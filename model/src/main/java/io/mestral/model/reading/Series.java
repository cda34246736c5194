package io.mestral.model.reading;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;

/** All readings of one sensor on one device, named. */
public record Series(DeviceId device, SensorId sensor) {}
