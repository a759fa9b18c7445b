package dev.signalbox.server.core;

import org.jspecify.annotations.Nullable;

/**
 * A list in the order of adding, whose members carry the links themselves: adding and removing take
 * one step.
 *
 * @param <E> the members; each is in at most one chain
 */
final class Chain<E extends Linked> {
  private @Nullable E first;
  private @Nullable E last;
  private int size;

  @Nullable E first() {
    return first;
  }

  /** The member after a member. */
  @SuppressWarnings("unchecked")
  @Nullable E after(E member) {
    return (@Nullable E) member.next;
  }

  int size() {
    return size;
  }

  void add(E member) {
    member.previous = last;
    if (last == null) {
      first = member;
    } else {
      last.next = member;
    }
    last = member;
    size++;
  }

  @SuppressWarnings("unchecked")
  void remove(E member) {
    if (member.previous == null) {
      first = (@Nullable E) member.next;
    } else {
      member.previous.next = member.next;
    }
    if (member.next == null) {
      last = (@Nullable E) member.previous;
    } else {
      member.next.previous = member.previous;
    }
    member.previous = null;
    member.next = null;
    size--;
  }
}
