package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Semaphores in the order of their names, in pieces that are arrays: a million of them cost a few
 * bytes each, and to add one moves a small part of one piece. Whoever adds in the order of the
 * names, as a snapshot does, fills the pieces.
 */
final class NameOrder {
  private static final int PIECE = 256;

  /** Below this a piece is joined with a neighbour that has room. */
  private static final int SMALL = PIECE / 4;

  /** None is empty. */
  private final List<Piece> pieces = new ArrayList<>();

  /** Adds one whose name is not there yet. */
  void add(Semaphore semaphore) {
    if (pieces.isEmpty()) {
      pieces.add(new Piece());
    }
    int at = pieceOf(semaphore.name);
    Piece piece = pieces.get(at);
    int index = -piece.find(semaphore.name) - 1;
    if (piece.size == PIECE) {
      boolean last = at == pieces.size() - 1 && index == PIECE;
      Piece next = piece.split(last ? PIECE : PIECE / 2);
      pieces.add(at + 1, next);
      if (index >= piece.size) {
        index -= piece.size;
        piece = next;
      }
    }
    piece.insert(index, semaphore);
  }

  /** Removes one that is there. */
  void remove(Semaphore semaphore) {
    int at = pieceOf(semaphore.name);
    Piece piece = pieces.get(at);
    piece.remove(piece.find(semaphore.name));
    if (piece.size == 0) {
      pieces.remove(at);
    } else if (piece.size < SMALL) {
      join(at - 1);
      join(at);
    }
  }

  /** Those whose names are not before the given one. */
  Iterable<Semaphore> from(String name, boolean inclusive) {
    return () -> {
      if (pieces.isEmpty()) {
        return new Walk(0, 0);
      }
      int at = pieceOf(name);
      int found = pieces.get(at).find(name);
      int first = found < 0 ? -found - 1 : inclusive ? found : found + 1;
      return new Walk(at, first);
    };
  }

  /** The last piece that does not begin behind a name; the first one for a name before all. */
  private int pieceOf(String name) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pieces.get(middle).semaphores[0].name.compareTo(name) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Puts a piece and the next one together if both are small. */
  private void join(int at) {
    if (at >= 0 && at + 1 < pieces.size()) {
      Piece piece = pieces.get(at);
      Piece next = pieces.get(at + 1);
      if (piece.size + next.size <= PIECE / 2) {
        piece.append(next);
        pieces.remove(at + 1);
      }
    }
  }

  private static final class Piece {
    final Semaphore[] semaphores = new Semaphore[PIECE];
    int size;

    /** As {@link Arrays#binarySearch}. */
    int find(String name) {
      int low = 0;
      int high = size - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = semaphores[middle].name.compareTo(name);
        if (order == 0) {
          return middle;
        } else if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -low - 1;
    }

    void insert(int index, Semaphore semaphore) {
      System.arraycopy(semaphores, index, semaphores, index + 1, size - index);
      semaphores[index] = semaphore;
      size++;
    }

    void remove(int index) {
      size--;
      System.arraycopy(semaphores, index + 1, semaphores, index, size - index);
      Arrays.fill(semaphores, size, size + 1, null);
    }

    /** Keeps so many and gives the others to a new piece. */
    Piece split(int keep) {
      Piece rest = new Piece();
      rest.size = size - keep;
      System.arraycopy(semaphores, keep, rest.semaphores, 0, rest.size);
      Arrays.fill(semaphores, keep, size, null);
      size = keep;
      return rest;
    }

    void append(Piece other) {
      System.arraycopy(other.semaphores, 0, semaphores, size, other.size);
      size += other.size;
    }
  }

  private final class Walk implements Iterator<Semaphore> {
    private int piece;
    private int index;

    Walk(int piece, int index) {
      this.piece = piece;
      this.index = index;
    }

    @Override
    public boolean hasNext() {
      if (piece < pieces.size() && index == pieces.get(piece).size) {
        piece++;
        index = 0;
      }
      return piece < pieces.size();
    }

    @Override
    public Semaphore next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return pieces.get(piece).semaphores[index++];
    }
  }
}
