package io.mestral.verticles.http.exchange;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.model.access.Scope;
import io.mestral.model.platform.Device;
import io.mestral.storage.Visibility;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, and what that opens.
 *
 * @param user empty for a visitor, and for a gateway
 * @param gateway a machine that showed its token: a stranger to every route that doesn't look here
 * @param offeredToken whether an {@code access_token} parameter came along, good or not
 */
public record Viewer(
    Optional<Principal.User> user, Optional<Principal.Gateway> gateway, boolean offeredToken) {
  private static final Set<Scope> DEVICE_SCOPES =
      Set.of(Scope.DEVICES_READ, Scope.DEVICES_WRITE, Scope.READINGS_READ, Scope.READINGS_WRITE);

  /** Nobody in particular. */
  public static final Viewer VISITOR = new Viewer(Optional.empty(), false);

  /** A user or a visitor. */
  public Viewer(Optional<Principal.User> user, boolean offeredToken) {
    this(user, Optional.empty(), offeredToken);
  }

  /** The user, or the end of the request (routes marked A in spec 2.2). */
  public Principal.User signedIn() {
    return user.orElseThrow(
        () ->
            Problem.unauthorized(
                offeredToken ? "Invalid OAuth2 Params" : "Authorization required"));
  }

  /** Whether this is an administrator. */
  public boolean isAdmin() {
    return user.filter(Principal.User::isAdmin).isPresent();
  }

  /** Whether this is a researcher or an administrator. */
  public boolean isResearcher() {
    return isAdmin() || user.filter(who -> who.role() == Role.RESEARCHER).isPresent();
  }

  /** Whether the user acts in person, not an application of theirs. */
  public boolean isInPerson() {
    return user.filter(who -> !who.authority().isDelegated()).isPresent();
  }

  /** Whether what came along carries this right. */
  public boolean carries(Scope scope) {
    return user.filter(who -> who.authority().allows(scope)).isPresent();
  }

  /** Whether this is that user. */
  public boolean is(UserId id) {
    return user.filter(who -> who.id().equals(id)).isPresent();
  }

  /** Whether things of that user may be changed and seen whole. */
  public boolean mayManage(UserId owner) {
    return is(owner) || isAdmin();
  }

  /** Whether what makes others act for this user, or its devices, may be shown. */
  public boolean maySeeSecretsOf(UserId owner) {
    return mayManage(owner) && (isInPerson() || carries(Scope.DEVICES_WRITE));
  }

  /** Whether what is nobody else's business may be shown of this user. */
  public boolean maySeeAccountOf(UserId id) {
    return mayManage(id) && isInPerson();
  }

  /** Whether the device may be seen at all. */
  public boolean maySee(Device device) {
    return !device.policy().isPrivate() || mayManage(device.owner()) && actsForDevices();
  }

  /** Whether what came along has to do with devices or readings at all. */
  private boolean actsForDevices() {
    return DEVICE_SCOPES.stream().anyMatch(this::carries);
  }

  /** Ends the request unless things of that user may be changed. */
  public void mustManage(UserId owner) {
    if (!mayManage(owner)) throw Problem.forbidden();
  }

  /** Ends the request of who is no administrator, visitors' too (routes marked P in spec 2.2). */
  public void mustBeAdmin() {
    if (!isAdmin()) throw Problem.forbidden();
  }

  /** Which devices appear in lists. */
  public Visibility visibility() {
    if (isAdmin()) return Visibility.ALL;
    return user.filter(who -> actsForDevices())
        .map(who -> Visibility.of(who.id()))
        .orElse(Visibility.PUBLIC);
  }
}
