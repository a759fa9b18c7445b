package dev.signalbox.cli;

import static dev.signalbox.cli.Launched.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.fixtures.FaultyNetwork;
import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox run} in processes of its own. Each test has names of its own. */
@Timeout(120)
class RunIT {
  private static SignalboxServer server;
  private static FaultyNetwork network;
  private static SignalboxClient client;

  @TempDir private Path scratch;

  @BeforeAll
  static void start() throws Exception {
    server = SignalboxServer.start(ServerOptions.embedded());
    network = FaultyNetwork.to(server.port());
    client = SignalboxClient.builder().target(direct()).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    network.close();
    server.close();
  }

  private static String direct() {
    return "127.0.0.1:" + server.port();
  }

  private static RemoteSemaphore semaphore(String name, int max) throws Exception {
    return client.semaphores().create(name, SemaphoreSpec.max(max).numbered());
  }

  private Launched signalbox(String... words) throws Exception {
    return Launched.start(scratch, direct(), words);
  }

  private Launched remoteSignalbox(String... words) throws Exception {
    return Launched.start(scratch, network.target(), words);
  }

  @Test
  void command_hasItsStreamsAndItsExitCode_andKnowsItsSlot() throws Exception {
    RemoteSemaphore a = semaphore("run/streams", 3);
    String script = "read x; echo \"$x $SIGNALBOX_SLOTS $SIGNALBOX_EPOCH\"; echo no >&2; exit 7";
    try (Launched run =
        signalbox("run", "--permits", "2", "run/streams", "--", "sh", "-c", script)) {
      run.type("hello\n");
      assertThat(run.exitCode()).as(run.err()).isEqualTo(7);
      assertThat(run.out()).isEqualTo("hello 0,1 1\n");
      assertThat(run.err()).isEqualTo("no\n");
      assertThat(a.info().count()).isEqualTo(3);
    }
  }

  @Test
  void signals_areTheCommands() throws Exception {
    RemoteSemaphore a = semaphore("run/signals", 1);
    String script =
        "for s in HUP INT USR1 USR2; do trap \"echo $s\" $s; done; trap 'echo TERM; exit 9' TERM;"
            + " echo ready; while :; do sleep 0.05; done";
    try (Launched run = signalbox("run", "run/signals", "--", "sh", "-c", script)) {
      run.awaitOutput("ready");
      for (String name : new String[] {"USR1", "INT", "HUP", "USR2"}) {
        run.signal(name).awaitOutput(name);
      }
      assertThat(a.info().held()).isEqualTo(1);
      assertThat(run.signal("TERM").exitCode()).isEqualTo(9);
      assertThat(run.out()).isEqualTo("ready\nUSR1\nINT\nHUP\nUSR2\nTERM\n");
      assertThat(a.info().held()).isZero();
    }
  }

  @Test
  void command_thatASignalEnded_saysSoByItsCode() throws Exception {
    semaphore("run/killed", 1);
    try (Launched run = signalbox("run", "run/killed", "--", "sh", "-c", "kill -KILL $$")) {
      assertThat(run.exitCode()).isEqualTo(137);
    }
  }

  @Test
  @Rule({"A2", "A7"})
  void wait_thatIsOverOrEnded_runsNothing() throws Exception {
    RemoteSemaphore a = semaphore("run/busy", 1);
    try (Permit held = a.acquire();
        Launched late = signalbox("run", "--wait=50ms", "run/busy", "--", "echo", "ran");
        Launched ended = signalbox("run", "run/busy", "--", "echo", "ran")) {
      assertThat(late.exitCode()).isEqualTo(ExitCode.NOT_NOW);
      eventually().until(() -> a.info().waiting() == 1);
      assertThat(ended.signal("TERM").exitCode()).isEqualTo(143);
      assertThat(late.out() + ended.out() + ended.err()).isEmpty();
      eventually().until(() -> a.info().waiting() == 0);
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  void next_startsWhenTheFirstHasEnded() throws Exception {
    semaphore("run/next", 1);
    String[] first = {"run", "run/next", "--", "sh", "-c", "echo in; read x; date +%s%N"};
    String[] second = {"run", "run/next", "--", "date", "+%s%N"};
    try (Launched one = signalbox(first).awaitOutput("in");
        Launched two = signalbox(second)) {
      eventually().until(() -> client.semaphores().open("run/next").info().waiting() == 1);
      one.type("\n");
      assertThat(two.exitCode()).isZero();
      long end = Long.parseLong(one.out().lines().skip(1).findFirst().orElseThrow());
      assertThat(Long.parseLong(two.out().strip())).isGreaterThan(end);
    }
  }

  /** The command notes the time again and again, does not end when told to, nor does its child. */
  @Test
  @Rule("L4")
  void command_isDead_beforeAnotherGetsItsPermit_whenTheNetworkIsLost() throws Exception {
    RemoteSemaphore a = semaphore("run/cut", 1);
    String script =
        "trap '' TERM; sh -c 'while :; do date +%s%N > note.new; mv note.new note; done' & "
            + "echo ready; while :; do wait; done";
    try (Launched run = remoteSignalbox("run", "--lease=5s", "run/cut", "--", "sh", "-c", script)) {
      run.awaitOutput("ready");
      network.silence();
      try (Permit next = a.acquire()) {
        Instant granted = Instant.now();
        assertThat(next.isHeld()).isTrue();
        long note = Long.parseLong(Files.readString(scratch.resolve("note")).strip());
        assertThat(Instant.ofEpochSecond(0, note)).isBefore(granted);
        assertThat(run.process().descendants().filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.LOST);
        assertThat(run.err()).contains("no answer", "told to end", "killed");
        assertThat(Files.readString(scratch.resolve("note")).strip()).isEqualTo("" + note);
      } finally {
        network.restore();
      }
    }
  }

  @Test
  @Rule("L5")
  void command_goesOn_whenTheConnectionBreaksForAMoment() throws Exception {
    semaphore("run/broken", 1);
    String[] words = {"run", "run/broken", "--", "sh", "-c", "echo ready; read x; exit 3"};
    try (Launched run = remoteSignalbox(words).awaitOutput("ready")) {
      network.cut();
      assertThat(run.type("\n").exitCode()).isEqualTo(3);
      eventually().until(() -> client.semaphores().open("run/broken").info().held() == 0);
    }
  }

  @Test
  @Rule("L4")
  void command_isKilled_whenThisProcessStoodStillForALease() throws Exception {
    RemoteSemaphore a = semaphore("run/still", 1);
    String script = "trap '' TERM; echo ready; while :; do sleep 0.05; done";
    try (Launched run =
        signalbox("run", "--lease=1s", "--grace=1h", "run/still", "--", "sh", "-c", script)) {
      run.awaitOutput("ready").signal("STOP");
      try (Permit next = a.acquire()) {
        assertThat(run.signal("CONT").exitCode()).isEqualTo(ExitCode.LOST);
        assertThat(next.isHeld()).isTrue();
      }
    }
  }

  @Test
  @Rule("L6")
  void kill_ofItsSession_stopsTheCommand() throws Exception {
    RemoteSemaphore a = semaphore("run/kill", 1);
    String script = "trap 'echo told; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
    try (Launched run = signalbox("run", "run/kill", "--", "sh", "-c", script)) {
      run.awaitOutput("ready");
      long session = a.info(1).holders().get(0).sessionNumber();
      try (Launched kill = signalbox("kill", Long.toString(session), "--json")) {
        assertThat(kill.exitCode()).as(kill.err()).isZero();
        var answer = JsonParser.parseString(kill.out()).getAsJsonObject();
        assertThat(answer.get("session").getAsLong()).isEqualTo(session);
      }
      assertThat(run.exitCode()).isEqualTo(ExitCode.LOST);
      assertThat(run.out()).endsWith("told\n");
      assertThat(run.err()).contains("session lost");
    }
  }

  @Test
  void command_thatCannotBeStarted_saysSoAsAShellDoes() throws Exception {
    RemoteSemaphore a = semaphore("run/nothing", 1);
    Path file = Files.writeString(scratch.resolve("no-program"), "x");
    try (Launched missing = signalbox("run", "run/nothing", "--", "./is-not-there");
        Launched data = signalbox("run", "run/nothing", "--", file.toString())) {
      assertThat(missing.exitCode()).isEqualTo(127);
      assertThat(data.exitCode()).isEqualTo(126);
      assertThat(missing.err()).contains("is-not-there");
      assertThat(a.info().held()).isZero();
    }
  }

  @Test
  void unknownName_andUnreachableServer_haveCodesOfTheirOwn() throws Exception {
    try (Launched unknown = signalbox("run", "run/unknown", "--", "true");
        Launched nobody =
            signalbox("run", "--target=127.0.0.1:1", "--timeout=100ms", "a", "--", "true")) {
      assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(unknown.err()).contains("run/unknown", "signalbox create");
      assertThat(nobody.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(nobody.err().lines()).hasSize(1);
    }
  }
}
