package io.mestral.verticles.http.reading;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Sensor;
import io.mestral.verticles.http.catalogue.Catalogue;
import io.mestral.verticles.http.exchange.RecordId;
import java.util.List;
import java.util.Optional;

/** The sensors of one device, findable by what a query calls them. */
record DeviceSensors(List<Component> components, Catalogue catalogue) {
  /** One sensor on the device. */
  record Found(Component component, Sensor sensor) {}

  /** Empty when the device doesn't have it. */
  Optional<Found> find(ReadingsQuery.SensorName name) {
    return components.stream()
        .filter(component -> id(name).filter(component.sensor()::equals).isPresent())
        .findFirst()
        .flatMap(
            component ->
                catalogue.sensor(component.sensor()).map(sensor -> new Found(component, sensor)));
  }

  /** The sensor that is meant, be it on the device or not; a key is the device's own first. */
  Optional<SensorId> id(ReadingsQuery.SensorName name) {
    if (name.key().isEmpty())
      return name.id()
          .flatMap(RecordId::parse)
          .filter(id -> id <= Integer.MAX_VALUE)
          .map(id -> new SensorId(id.intValue()));
    String key = name.key().get();
    return components.stream()
        .filter(component -> component.key().equals(key))
        .map(Component::sensor)
        .findFirst()
        .or(() -> catalogue.sensorByKey(key).map(Sensor::id));
  }
}
