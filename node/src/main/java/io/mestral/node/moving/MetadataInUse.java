package io.mestral.node.moving;

import io.mestral.storage.Metadata;
import io.mestral.storage.MovableMetadata;
import io.vertx.core.Future;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/**
 * The metadata that the node uses now, as ports that stay the same when another engine takes its
 * place. There are some thirty ports with more than a hundred methods, all to be handed on alike:
 * that is what {@link Proxy} is for.
 */
public final class MetadataInUse {
  private final Map<Method, Object> ports = new HashMap<>();
  private final Metadata metadata;
  private volatile MovableMetadata engine;

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

  /** Puts another engine in the place of this one. */
  void use(MovableMetadata other) {
    engine = other;
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
      return MetadataInUse.invoke(method, getter.invoke(engine), arguments);
    }
  }
}
