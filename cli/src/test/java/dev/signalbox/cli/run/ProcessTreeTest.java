package dev.signalbox.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessTreeTest {
  private static Process shell(String script) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", script).start();
  }

  /** Its grandchildren, when all are there: the script prints a line then. */
  private static List<ProcessHandle> familyOf(Process root) throws Exception {
    BufferedReader output = root.inputReader();
    assertThat(output.readLine()).isEqualTo("ready");
    return root.descendants().toList();
  }

  private static void assertEnds(ProcessHandle process) throws Exception {
    assertThat(process.onExit().get(20, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void kill_reachesDescendants_thatIgnoreEverythingElse() throws Exception {
    Process root =
        shell("trap '' TERM; sh -c 'trap \"\" TERM; sleep 600 & echo ready; wait' & wait");
    List<ProcessHandle> family = familyOf(root);
    ProcessTree tree = new ProcessTree(root.toHandle());
    tree.terminate();
    tree.kill();
    tree.awaitEnd();
    assertThat(family).isNotEmpty();
    for (ProcessHandle member : family) {
      assertEnds(member);
    }
    assertThat(root.waitFor()).isEqualTo(137);
  }

  @Test
  void kill_reachesOrphans_ofAParentThatEndedWhenItWasToldTo() throws Exception {
    Process root = shell("sh -c 'trap \"\" TERM; echo ready; while :; do sleep 1; done' & wait");
    List<ProcessHandle> family = familyOf(root);
    ProcessTree tree = new ProcessTree(root.toHandle());
    tree.terminate();
    assertThat(root.waitFor()).isEqualTo(143);
    ProcessHandle orphan = family.get(0);
    assertThat(orphan.isAlive()).isTrue();
    tree.kill();
    assertEnds(orphan);
  }

  @Test
  void terminate_letsEachMemberEndInOrder() throws Exception {
    Process root = shell("trap 'exit 5' TERM; echo ready; while :; do sleep 0.05; done");
    familyOf(root);
    ProcessTree tree = new ProcessTree(root.toHandle());
    tree.terminate();
    tree.awaitEnd();
    assertThat(root.waitFor()).isEqualTo(5);
  }
}
