package io.mestral.model.access;

import io.mestral.model.DeviceId;
import io.mestral.model.GatewayId;
import io.mestral.model.UserId;

/** Who a connection or request speaks for, once its credentials were checked. */
public sealed interface Principal {
  /** Nobody in particular. */
  Principal ANONYMOUS = new Anonymous();

  /** The node that this one is a gateway of. */
  Principal MANAGER = new Manager();

  /** A name to key sessions by and to show to operators; no secret in it. */
  String name();

  /** The name of this device. */
  static String nameOf(DeviceId device) {
    return "device:" + device.value();
  }

  /** The name of this user. */
  static String nameOf(UserId user) {
    return "user:" + user.value();
  }

  /** The name of this user's partner. */
  static String nameOfPartner(UserId user) {
    return "partner:" + user.value();
  }

  /** The name of whoever proves by a key to be this one. */
  static String nameOfKeyholder(String iri) {
    return "key:" + iri;
  }

  /** The name of the gateway that is called so. */
  static String nameOfGateway(String called) {
    return "gateway:" + called;
  }

  /** Whether everything is allowed. */
  default boolean isAdmin() {
    return false;
  }

  /** A client without credentials: a real kit, or a visitor. */
  record Anonymous() implements Principal {
    @Override
    public String name() {
      return "anonymous";
    }
  }

  /** Another node, whose gateway this one is, in the name of those who ask it. */
  record Manager() implements Principal {
    @Override
    public String name() {
      return "manager";
    }
  }

  /**
   * Somebody who showed no credentials, or those of another one, and has proven by a key to be the
   * sender of a message. They may do what was granted to them by that name.
   *
   * @param iri what they call themselves in messages
   */
  record Keyholder(String iri) implements Principal {
    @Override
    public String name() {
      return nameOfKeyholder(iri);
    }
  }

  /**
   * A device that logged in.
   *
   * @param token the one its topics carry
   */
  record Device(DeviceId id, Secret token) implements Principal {
    @Override
    public String name() {
      return nameOf(id);
    }
  }

  /**
   * A user of the platform, or somebody who acts for one.
   *
   * @param authority how much of the user's rights there is
   */
  record User(UserId id, String username, Role role, Authority authority) implements Principal {
    /** A user in person. */
    public User(UserId id, String username, Role role) {
      this(id, username, role, Authority.OWN);
    }

    @Override
    public String name() {
      return nameOf(id);
    }

    @Override
    public boolean isAdmin() {
      return role == Role.ADMIN && authority.allows(Scope.ADMIN);
    }

    /** The same user with this much of their rights. */
    public User with(Authority other) {
      return new User(id, username, role, other);
    }
  }

  /**
   * A machine that manages other devices.
   *
   * @param called its name in topics
   * @param iri what it calls itself in messages
   * @param owner who answers for it
   */
  record Gateway(GatewayId id, String called, String iri, UserId owner) implements Principal {
    @Override
    public String name() {
      return nameOfGateway(called);
    }
  }

  /**
   * Somebody to whom a user has readings forwarded.
   *
   * @param user whose partner it is
   * @param token the one in the topics it may read
   */
  record Partner(UserId user, Secret token) implements Principal {
    @Override
    public String name() {
      return nameOfPartner(user);
    }
  }
}
