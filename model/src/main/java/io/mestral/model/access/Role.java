package io.mestral.model.access;

/** What a platform user may do beyond their own things (spec: role mask 0–1, 2–4, 5 and more). */
public enum Role {
  /** Everybody who signed up. */
  CITIZEN,
  /** May forward and post-process own devices; no rate limit. */
  RESEARCHER,
  /** May do everything. */
  ADMIN;

  /** The role of a {@code role_mask}. */
  public static Role of(int mask) {
    if (mask >= 5) return ADMIN;
    return mask >= 2 ? RESEARCHER : CITIZEN;
  }

  /** The smallest mask that gives this role. */
  public int mask() {
    return switch (this) {
      case CITIZEN -> 0;
      case RESEARCHER -> 2;
      case ADMIN -> 5;
    };
  }

  /** As it is written on the wire: {@code citizen}, {@code researcher}, {@code admin}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
