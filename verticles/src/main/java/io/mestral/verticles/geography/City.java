package io.mestral.verticles.geography;

/** A town, and where its middle is. */
public record City(String name, String countryCode, double latitude, double longitude) {}
