package io.mestral.verticles.http;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.FoldedText;
import io.mestral.model.platform.User;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.TextSearch;
import io.mestral.storage.Visibility;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything that is in the maps. */
final class InMemorySearch implements TextSearch {
  private final InMemoryDevices devices;
  private final InMemoryUsers users;

  InMemorySearch(InMemoryDevices devices, InMemoryUsers users) {
    this.devices = devices;
    this.users = users;
  }

  @Override
  public Future<Page<Hit>> find(List<String> words, long offset, int limit) {
    List<Hit> hits = new ArrayList<>();
    devices
        .list(Visibility.PUBLIC, new Paging(1, Paging.MAX_SIZE))
        .result()
        .items()
        .forEach(device -> add(hits, device, words));
    users.all().forEach(user -> add(hits, user, words));
    return Future.succeededFuture(
        new Page<>(hits.stream().skip(offset).limit(limit).toList(), hits.size()));
  }

  @Override
  public Future<Void> catchUp() {
    return Future.succeededFuture();
  }

  private void add(List<Hit> hits, Device device, List<String> words) {
    String name = device.name() + " " + device.location().city().orElse("");
    if (device.policy().isTest() || !has(name, words)) return;
    User owner = users.find(device.owner()).result().orElseThrow();
    hits.add(
        new Hit.OfDevice(
            device.id(),
            device.name(),
            device.description(),
            device.owner(),
            owner.username(),
            device.location().city(),
            device.location().countryCode()));
  }

  private void add(List<Hit> hits, User user, List<String> words) {
    if (has(user.username() + " " + user.city().orElse(""), words))
      hits.add(
          new Hit.OfUser(
              user.id(), user.username(), user.picture(), user.city(), user.countryCode()));
  }

  private static boolean has(String text, List<String> words) {
    String folded = FoldedText.of(Optional.of(text).stream().toList());
    return words.stream().allMatch(word -> folded.contains(" " + word));
  }
}
