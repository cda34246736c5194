package io.mestral.storage.sql;

/**
 * A text that may hold any character there is, as devices and people send it; an engine whose texts
 * can't (U+0000) keeps its bytes.
 */
public record AnyText(String text) {}
