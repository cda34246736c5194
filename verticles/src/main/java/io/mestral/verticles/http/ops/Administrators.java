package io.mestral.verticles.http.ops;

import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;

/** The one rule of this package. */
final class Administrators {
  private Administrators() {}

  /** The viewer, who is an administrator; anybody else's request ends. */
  static Viewer only(Viewer viewer) {
    viewer.signedIn();
    if (!viewer.isAdmin()) throw Problem.forbidden();
    return viewer;
  }
}
