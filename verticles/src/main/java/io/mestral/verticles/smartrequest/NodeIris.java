package io.mestral.verticles.smartrequest;

import io.mestral.smartapi.rdf.Iri;
import java.util.UUID;
import java.util.function.Supplier;

/** What this node, its users and its devices are called in Smart API messages. */
public final class NodeIris {
  private static final String PATH = "/smartapi/v1.0e1.0/access/";

  private final Supplier<String> base;

  /**
   * @param base the node's public URL without a slash at its end; asked for each time, as it may be
   *     known only once the node listens
   */
  public NodeIris(Supplier<String> base) {
    this.base = base;
  }

  /** The node itself. */
  public Iri node() {
    return new Iri(base.get() + "/id/node");
  }

  /** A user. */
  public Iri user(UUID uuid) {
    return new Iri(base.get() + "/id/users/" + uuid);
  }

  /** A device. */
  public Iri device(UUID uuid) {
    return new Iri(base.get() + "/id/devices/" + uuid);
  }

  /** Whoever shows nothing. */
  public Iri visitor() {
    return new Iri(base.get() + "/id/visitor");
  }

  /** Where messages are sent to over HTTP. */
  public String interfaceUrl() {
    return base.get() + PATH;
  }
}
