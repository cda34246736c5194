package io.mestral.smartapi.list;

import java.util.AbstractList;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** Items that are made when they are asked for. */
final class ItemView<T> extends AbstractList<Optional<T>> implements RandomAccess {
  private final int size;
  private final IntFunction<Optional<T>> items;

  ItemView(int size, IntFunction<Optional<T>> items) {
    this.size = size;
    this.items = items;
  }

  @Override
  public Optional<T> get(int index) {
    return items.apply(Objects.checkIndex(index, size));
  }

  @Override
  public int size() {
    return size;
  }
}
