package io.mestral.model.outcome;

/** A failure that knows which refusal it is. */
public interface Refusing {
  /** Never null. */
  Refusal refusal();
}
