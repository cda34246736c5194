/**
 * From what a device sent to what is kept: parse, find the device, calibrate, store, and remember
 * what could not be taken in (spec 1.4 to 1.8).
 */
package io.mestral.verticles.ingestion;
