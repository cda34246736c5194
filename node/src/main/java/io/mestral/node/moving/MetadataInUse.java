package io.mestral.node.moving;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Metadata;
import io.mestral.storage.MovableMetadata;
import io.vertx.core.Future;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The metadata that the node uses now, as ports that stay the same when another engine takes its
 * place. While it is moved what would change it is refused. There are a dozen ports with some
 * seventy methods, all to be handed on alike: that is what {@link Proxy} is for.
 */
public final class MetadataInUse {
  /** What changes nothing; whatever isn't named here is held to change something. */
  static final Set<String> READS =
      Set.of(
          "administrator",
          "components",
          "count",
          "destinations",
          "destinationsOf",
          "due",
          "find",
          "findAll",
          "findByNameOrEmail",
          "findByToken",
          "findByUid",
          "findByUsername",
          "findToken",
          "held",
          "idsOwnedBy",
          "lastUses",
          "list",
          "measurements",
          "names",
          "of",
          "ofApplication",
          "ofDevice",
          "ofUser",
          "ownedBy",
          "passwordHash",
          "privateTokenOf",
          "sensors",
          "size",
          "standing",
          "toReplay",
          "waiting",
          "watched");

  private static final RefusedException HELD =
      new RefusedException(
          Refusal.UNAVAILABLE, "accounts and devices are being moved; try again in a moment");

  private final AtomicLong changing = new AtomicLong();
  private final Map<Method, Object> ports = new HashMap<>();
  private final Metadata metadata;
  private volatile MovableMetadata engine;
  private volatile boolean held;

  /** Hands on to this engine. */
  public MetadataInUse(MovableMetadata engine) {
    this.engine = engine;
    for (Method method : Metadata.class.getMethods())
      if (method.getReturnType() != Future.class)
        ports.put(method, proxy(method.getReturnType(), new Port(method)));
    metadata = proxy(Metadata.class, (self, method, arguments) -> port(method, arguments));
  }

  /** The ports; they stay the same. */
  public Metadata ports() {
    return metadata;
  }

  /** The engine that is used now; any thread may ask. */
  public MovableMetadata engine() {
    return engine;
  }

  /** From now on what would change something is refused. */
  void hold() {
    held = true;
  }

  /** Whether nothing is being changed. */
  boolean isQuiet() {
    return changing.get() == 0;
  }

  /** Puts another engine in the place of this one. */
  void use(MovableMetadata other) {
    engine = other;
  }

  /** Changes are made again. */
  void release() {
    held = false;
  }

  private Object port(Method method, Object[] arguments) throws Throwable {
    Object port = ports.get(method);
    return port == null ? invoke(method, engine, arguments) : port;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            MetadataInUse.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** One port of whatever engine is used. */
  private final class Port implements InvocationHandler {
    private final Method getter;

    Port(Method getter) {
      this.getter = getter;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      if (method.getDeclaringClass() == Object.class || READS.contains(method.getName()))
        return handOn(method, arguments);
      changing.incrementAndGet(); // first: who holds looks at the number afterwards
      if (held) {
        changing.decrementAndGet();
        return Future.failedFuture(HELD);
      }
      try {
        return ((Future<?>) handOn(method, arguments))
            .onComplete(done -> changing.decrementAndGet());
      } catch (RuntimeException | Error thrown) {
        changing.decrementAndGet();
        throw thrown;
      }
    }

    private Object handOn(Method method, Object[] arguments) throws Throwable {
      return MetadataInUse.invoke(method, getter.invoke(engine), arguments);
    }
  }
}
