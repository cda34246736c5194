package io.mestral.config;

/**
 * What one source says about one key.
 *
 * @param name the key as written there
 * @param text the value as written there
 * @param origin where it stands, for messages
 */
record Setting(String name, String text, String origin) {}
