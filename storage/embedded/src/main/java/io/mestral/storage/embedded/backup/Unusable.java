package io.mestral.storage.embedded.backup;

import java.io.IOException;

/** A folder that can't be backed up to or brought back from; the message says why. */
public final class Unusable extends IOException {
  private static final long serialVersionUID = 1L;

  Unusable(String message) {
    super(message);
  }
}
