package io.mestral.verticles.smartrequest;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.verticles.smartrequest.platform.PlatformDevices.Reach;
import io.mestral.verticles.smartrequest.platform.PlatformIris;
import java.net.URI;
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
    return iris().node();
  }

  /** A user. */
  public Iri user(UUID uuid) {
    return iris().user(uuid);
  }

  /** A device. */
  public Iri device(UUID uuid) {
    return iris().device(uuid);
  }

  /** Whoever shows nothing. */
  public Iri visitor() {
    return new Iri(base.get() + "/id/visitor");
  }

  /** Where the node is reached. */
  public Reach reach() {
    return new Reach(base.get(), URI.create(base.get() + PATH));
  }

  private PlatformIris iris() {
    return new PlatformIris(base.get());
  }
}
