package io.mestral.routing.request;

/** What a message that came to a door of its own is for (Smart API, section 8.1). */
public enum Purpose {
  /** Whatever it says. */
  ACCESS,
  /** Making Entities known. */
  REGISTER,
  /** Finding Entities among those that are known, without asking them anything. */
  SEARCH
}
