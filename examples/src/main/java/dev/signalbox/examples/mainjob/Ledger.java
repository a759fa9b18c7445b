package dev.signalbox.examples.mainjob;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which file is where: still to do, in whose hands, or done. The largest one is kept back until it
 * is time for the kill, so that there is somebody to kill who is at work on something long.
 */
final class Ledger {
  private static final int MOST_TRIES = 5;

  /** A file, and the worker that has it. */
  private record Given(Task task, String worker) {}

  private final int files;
  private final int doneBeforeTheKill;
  private final int largestId;
  private final Deque<Task> toDo;
  private final Map<Integer, Given> given = new HashMap<>();
  private final Map<Integer, Integer> redone = new HashMap<>();
  private @Nullable Task largest;
  private int done;
  private int handedOn;

  /** A ledger of tasks, the largest of them first. */
  Ledger(List<Task> tasks) {
    files = tasks.size();
    doneBeforeTheKill = files * 3 / 10;
    toDo = new ArrayDeque<>(tasks);
    largest = toDo.poll();
    largestId = largest == null ? 0 : largest.id();
  }

  int files() {
    return files;
  }

  int done() {
    return done;
  }

  boolean isComplete() {
    return done == files;
  }

  /**
   * Whether to kill the worker that has just begun a file: enough is done, and it is the largest
   * one, unless that moment was missed.
   */
  boolean isMomentToKill(int begun) {
    return largest == null && (begun == largestId || !given.containsKey(largestId));
  }

  /** What to give to a worker so that it has so many files in hand. */
  List<Task> supply(String worker, int window) {
    List<Task> supply = new ArrayList<>();
    for (long has = inHandOf(worker).size(); has < window; has++) {
      Task task = next();
      if (task == null) {
        break;
      }
      given.put(task.id(), new Given(task, worker));
      supply.add(task);
    }
    return supply;
  }

  private List<Task> inHandOf(String worker) {
    return given.values().stream().filter(g -> g.worker().equals(worker)).map(Given::task).toList();
  }

  private @Nullable Task next() {
    if (largest != null && done >= doneBeforeTheKill) {
      Task task = largest;
      largest = null;
      return task;
    }
    return toDo.poll();
  }

  /** A file is done. False if it was not in anybody's hands: then it counts for nothing. */
  boolean close(int task) {
    boolean open = given.remove(task) != null;
    done += open ? 1 : 0;
    return open;
  }

  /** A worker that lives could not finish a file: it is done again, but not for ever. */
  void reopen(int id, String why) {
    Given back = given.remove(id);
    if (back == null) {
      return;
    }
    redo(back.task());
    if (timesRedone(id) >= MOST_TRIES) {
      throw new IllegalStateException(back.task().path() + ": given up: " + why);
    }
  }

  /**
   * Takes back what a dead worker has not finished.
   *
   * @param begun the files that it had begun; the others are merely handed on
   */
  void takeBack(String dead, Set<Integer> begun) {
    for (Task task : inHandOf(dead)) {
      given.remove(task.id());
      if (begun.contains(task.id())) {
        redo(task);
      } else {
        handedOn++;
        toDo.addFirst(task);
      }
    }
  }

  private void redo(Task task) {
    redone.merge(task.id(), 1, Integer::sum);
    toDo.addFirst(task);
  }

  /** Files that were begun more than once. */
  int redone() {
    return redone.size();
  }

  /** How many times a file was begun in vain. */
  int timesRedone(int task) {
    return redone.getOrDefault(task, 0);
  }

  /** Files that the killed worker had been given and had not begun. */
  int handedOn() {
    return handedOn;
  }
}
