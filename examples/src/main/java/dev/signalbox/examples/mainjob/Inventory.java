package dev.signalbox.examples.mainjob;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do: the readable, ordinary files of a tree, as tasks that add up to about the
 * work that was asked for.
 *
 * @param tasks in the order of work; the first one is the largest
 * @param rounds how many times a small file is gone through at most; large ones fewer times
 * @param bytes in the files, as far as they are read
 * @param leftOut files that would have been too much work
 * @param cut files so large that only their beginning is read
 * @param skipped entries that are unreadable or no ordinary files
 */
record Inventory(List<Task> tasks, int rounds, long bytes, int leftOut, int cut, int skipped) {
  /** A task of several rounds takes at most this part of all the work; the first one no less. */
  private static final int SHARE = 32;

  private static final int MOST_FILES = 200_000;
  private static final int MOST_ROUNDS = 1_000_000;

  private record Found(Path path, long bytes) {
    long cost() {
      return Task.cost(bytes);
    }

    /** So many, or fewer if they would exceed a share of the work; but one. */
    int rounds(int wanted, long share) {
      return (int) Math.max(1, Math.min(wanted, share / cost()));
    }
  }

  /** Takes stock of a directory; of what lies behind symbolic links nothing. */
  static Inventory of(JobOptions options) throws IOException {
    Walk walk = new Walk(options.perFile());
    Files.walkFileTree(options.directory(), walk);
    if (walk.found.isEmpty()) {
      return new Inventory(List.of(), 0, 0, 0, walk.cut, walk.skipped);
    }
    List<Found> chosen = choose(walk.found, options.work());
    int leftOut = walk.found.size() - chosen.size();
    List<Task> tasks = tasks(chosen, options.work());
    int rounds = tasks.stream().mapToInt(Task::rounds).max().orElse(1);
    long bytes = tasks.stream().mapToLong(Task::bytes).sum();
    return new Inventory(tasks, rounds, bytes, leftOut, walk.cut, walk.skipped);
  }

  /** What all rounds over all files read. */
  long bytesRead() {
    return tasks.stream().mapToLong(Task::bytesRead).sum();
  }

  /** Shuffled, so that what is left out is a fair sample; the same in every run. */
  private static List<Found> choose(List<Found> found, long work) {
    List<Found> shuffled = new ArrayList<>(found);
    Collections.shuffle(shuffled, new Random(7));
    List<Found> chosen = new ArrayList<>();
    long cost = 0;
    for (Found file : shuffled) {
      if (cost + file.cost() <= work || chosen.isEmpty()) {
        chosen.add(file);
        cost += file.cost();
      }
    }
    return chosen;
  }

  private static List<Task> tasks(List<Found> files, long work) {
    long share = work / SHARE;
    int rounds = rounds(files, work, share);
    Collections.swap(files, 0, indexOfLargest(files));
    List<Task> tasks = new ArrayList<>();
    for (Found file : files) {
      int times = file.rounds(tasks.isEmpty() ? MOST_ROUNDS : rounds, share);
      tasks.add(new Task(tasks.size() + 1, file.path(), file.bytes(), times));
    }
    return List.copyOf(tasks);
  }

  /** As many as there is work for. */
  private static int rounds(List<Found> files, long work, long share) {
    int rounds = 1;
    int tooMany = MOST_ROUNDS;
    while (rounds + 1 < tooMany) {
      int middle = rounds + (tooMany - rounds) / 2;
      if (cost(files, middle, share) <= work) {
        rounds = middle;
      } else {
        tooMany = middle;
      }
    }
    return rounds;
  }

  private static long cost(List<Found> files, int rounds, long share) {
    return files.stream().mapToLong(file -> file.rounds(rounds, share) * file.cost()).sum();
  }

  private static int indexOfLargest(List<Found> files) {
    int largest = 0;
    for (int i = 1; i < files.size(); i++) {
      if (files.get(i).bytes() > files.get(largest).bytes()) {
        largest = i;
      }
    }
    return largest;
  }

  /** Collects the files; what cannot be looked at is passed over. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final long perFile;
    private final List<Found> found = new ArrayList<>();
    private int cut;
    private int skipped;

    Walk(long perFile) {
      this.perFile = perFile;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && Files.isReadable(file)) {
        add(file, attributes.size());
      } else {
        skipped++;
      }
      return found.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    private void add(Path file, long size) {
      found.add(new Found(file, Math.min(size, perFile)));
      cut += size > perFile ? 1 : 0;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      skipped++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
