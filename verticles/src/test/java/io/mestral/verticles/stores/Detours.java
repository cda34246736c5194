package io.mestral.verticles.stores;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What befalls calls on their way to a real store and back, where a test wants more than the store
 * does by itself: they are counted, and may be refused, delayed or lose their answers.
 */
public final class Detours {
  private final Map<Call, Detour> always = new ConcurrentHashMap<>();
  private final Map<Call, Detour> once = new ConcurrentHashMap<>();
  private final Map<Call, LongAdder> counts = new ConcurrentHashMap<>();

  private record Call(Class<?> port, String method) {}

  /** A way to the store and back. */
  @FunctionalInterface
  public interface Detour {
    /** Answers a call. */
    Future<?> take(Asked asked);
  }

  /**
   * A call that has not reached the store.
   *
   * @param arguments what it was made with, in their order
   * @param store makes it
   */
  public record Asked(List<Object> arguments, Supplier<Future<?>> store) {
    /** What the store answers. */
    public Future<?> answer() {
      return store.get();
    }
  }

  /** The call never reaches the store; who made it is told so. */
  public static Detour failing(Throwable why) {
    return asked -> Future.failedFuture(why);
  }

  /** The store does what it was asked for, and who asked is told that it is away. */
  public static Detour losingTheAnswer() {
    return asked ->
        asked
            .answer()
            .compose(
                done ->
                    Future.failedFuture(
                        new RefusedException(Refusal.UNAVAILABLE, "the answer is lost")));
  }

  /** Something else is done before the store gets the call. */
  public static Detour after(Supplier<Future<?>> other) {
    return asked -> other.get().compose(done -> asked.answer());
  }

  /**
   * The store itself where a call that the port offers takes no detour.
   *
   * @param real what also answers with the ports of {@link io.mestral.storage.Metadata}: those are
   *     reached by detours too
   */
  public <T> T to(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) return call(real, method, arguments);
              if (method.getReturnType() == Future.class)
                return taken(
                    new Call(port, method.getName()),
                    new Asked(
                        arguments == null ? List.of() : Arrays.asList(arguments),
                        () -> (Future<?>) call(real, method, arguments)));
              Object answer = call(real, method, arguments);
              return isPort(method.getReturnType())
                  ? wrapped(method.getReturnType(), answer)
                  : answer;
            }));
  }

  private <T> T wrapped(Class<T> port, Object real) {
    return to(port, port.cast(real));
  }

  private static boolean isPort(Class<?> type) {
    return type.isInterface() && type.getPackageName().equals("io.mestral.storage");
  }

  private Future<?> taken(Call call, Asked asked) {
    counts.computeIfAbsent(call, none -> new LongAdder()).increment();
    Detour next = once.remove(call);
    Detour detour = next != null ? next : always.getOrDefault(call, Asked::answer);
    return detour.take(asked);
  }

  private static Object call(Object real, Method method, Object[] arguments) {
    try {
      return method.invoke(real, arguments);
    } catch (IllegalAccessException hidden) {
      throw new AssertionError(hidden);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException cause) throw cause;
      throw new AssertionError(thrown.getCause());
    }
  }

  /** From now on calls of all methods of that name go so. */
  public void always(Class<?> port, String method, Detour detour) {
    always.put(call(port, method), detour);
  }

  /** The next call of a method of that name goes so. */
  public void once(Class<?> port, String method, Detour detour) {
    once.put(call(port, method), detour);
  }

  /** From now on calls of that name go straight. */
  public void never(Class<?> port, String method) {
    always.remove(call(port, method));
    once.remove(call(port, method));
  }

  /** How many calls a port has had. */
  public long count(Class<?> port) {
    return counts.keySet().stream().filter(call -> call.port == port).mapToLong(this::count).sum();
  }

  /** How many calls of that name a port has had. */
  public long count(Class<?> port, String method) {
    return count(call(port, method));
  }

  private long count(Call call) {
    return counts.getOrDefault(call, new LongAdder()).sum();
  }

  private static Call call(Class<?> port, String method) {
    if (Arrays.stream(port.getMethods()).noneMatch(each -> each.getName().equals(method)))
      throw new IllegalArgumentException(port + " has no method " + method);
    return new Call(port, method);
  }
}
