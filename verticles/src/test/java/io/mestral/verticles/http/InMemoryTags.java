package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Tag;
import io.mestral.storage.Conflict;
import io.mestral.storage.DeviceTags;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** Tags in maps. */
public final class InMemoryTags implements DeviceTags {
  private final Map<Long, Tag> tags = new ConcurrentSkipListMap<>();
  private final Map<DeviceId, Set<Long>> tagged = new ConcurrentHashMap<>();

  @Override
  public Future<List<Tag>> all() {
    return Future.succeededFuture(List.copyOf(tags.values()));
  }

  @Override
  public Future<Tag> add(Tag draft) {
    return put(
        new Tag(
            tags.size() + 1,
            draft.uuid(),
            draft.name(),
            draft.description(),
            draft.createdAt(),
            draft.updatedAt()));
  }

  private Future<Tag> put(Tag tag) {
    for (Tag other : tags.values())
      if (other.id() != tag.id() && other.name().equalsIgnoreCase(tag.name()))
        return Future.failedFuture(new Conflict("name"));
    tags.put(tag.id(), tag);
    return Future.succeededFuture(tag);
  }

  @Override
  public Future<Tag> update(long id, UnaryOperator<Tag> change) {
    return Future.succeededFuture(tags.get(id)).map(change::apply).compose(this::put);
  }

  @Override
  public Future<Void> remove(long id) {
    tags.remove(id);
    tagged.replaceAll((device, had) -> without(had, id));
    return Future.succeededFuture();
  }

  private static Set<Long> without(Set<Long> had, long id) {
    return had.stream().filter(tag -> tag != id).collect(java.util.stream.Collectors.toSet());
  }

  @Override
  public Future<Map<DeviceId, List<Tag>>> of(Collection<DeviceId> devices) {
    Map<DeviceId, List<Tag>> found = new HashMap<>();
    for (DeviceId device : devices)
      if (tagged.containsKey(device))
        found.put(
            device,
            tagged.get(device).stream()
                .map(tags::get)
                .sorted(Comparator.comparing(Tag::name))
                .toList());
    return Future.succeededFuture(found);
  }

  @Override
  public Future<List<DeviceId>> having(long tag) {
    return Future.succeededFuture(
        tagged.keySet().stream().filter(device -> tagged.get(device).contains(tag)).toList());
  }

  @Override
  public Future<Void> replace(DeviceId device, Collection<Long> wanted) {
    tagged.put(device, Set.copyOf(wanted));
    return Future.succeededFuture();
  }
}
