package io.mestral.storage;

/** A label by which partners tell apart what is forwarded to them. */
public record ForwardingDestination(long id, String name) {}
