package io.mestral.broker.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which normative statements of the MQTT standards a test shows, each as version and number: {@code
 * "5.0 MQTT-3.1.0-1"}. The same number means different things in the two versions.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Statement {
  /** Version and number of each. */
  String[] value();
}
