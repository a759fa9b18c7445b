package dev.signalbox.client;

import dev.signalbox.client.internal.AnswerReader;
import dev.signalbox.v1.Grant;
import java.util.List;

/**
 * What a grant gave. Grants that gave the same may share it.
 *
 * @param parts what was granted, in the order of the acquire's parts
 * @param held the names of the semaphores of which it is held, in the same order
 * @param choice the index of the acquire's part that was served first
 */
record Granted(List<GrantedPart> parts, List<String> held, int choice) {
  /** As many permits of one semaphore as were asked for, held and without numbers. */
  static Granted plain(String semaphore, int permits) {
    GrantedPart part = new GrantedPart(semaphore, permits, false, List.of(), List.of(), false);
    return new Granted(List.of(part), List.of(semaphore), 0);
  }

  /**
   * What came over the wire.
   *
   * @param names of the semaphores, in the order of the acquire's parts
   */
  static Granted of(Grant grant, List<String> names) {
    List<GrantedPart> parts =
        grant.getPartsList().stream()
            .map(part -> Wire.granted(part, names.get(part.getPart())))
            .toList();
    List<String> held =
        parts.stream().filter(part -> !part.consumed()).map(GrantedPart::semaphore).toList();
    return new Granted(parts, held, grant.getParts(0).getPart());
  }

  /** Whether it is what an answer says that has nothing to add to what was asked for. */
  boolean isIn(AnswerReader answer) {
    return answer.isPlainGrant(parts.get(0).permits());
  }

  /** How many permits of each semaphore are held. */
  int[] permits() {
    int[] permits = new int[held.size()];
    int next = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).consumed()) {
        permits[next++] = parts.get(i).permits();
      }
    }
    return permits;
  }
}
