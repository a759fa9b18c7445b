package dev.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The words of the command, in this process, against a server. Each test has names of its own. */
class CommandsTest {
  private static SignalboxServer server;
  private static SignalboxClient client;

  /** What a command came to. */
  private record Result(int code, String out, String err) {
    JsonObject json() {
      return JsonParser.parseString(out).getAsJsonObject();
    }

    List<JsonObject> jsonLines() {
      return out.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = SignalboxServer.start(ServerOptions.embedded());
    client = SignalboxClient.builder().target(target()).clientName("the test").build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
  }

  private static String target() {
    return "127.0.0.1:" + server.port();
  }

  private static Result signalbox(String... words) {
    return signalbox(new StringWriter(), words);
  }

  private static Result signalbox(StringWriter out, String... words) {
    StringWriter err = new StringWriter();
    String[] all = new String[words.length + 2];
    all[0] = "--target";
    all[1] = target();
    System.arraycopy(words, 0, all, 2, words.length);
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), all);
    return new Result(code, out.toString().strip(), err.toString().strip());
  }

  private static RemoteSemaphore semaphore(String name, int max) throws Exception {
    return client.semaphores().create(name, SemaphoreSpec.max(max));
  }

  @Test
  void create_makesASemaphoreAsAskedFor() {
    Result made =
        signalbox("create", "c/one", "--max", "5", "--initial", "2", "--idle-ttl", "2h", "--json");
    assertThat(made.code()).isZero();
    assertThat(made.json().get("created").getAsBoolean()).isTrue();
    assertThat(made.json().get("count").getAsInt()).isEqualTo(2);
    assertThat(made.json().get("max").getAsInt()).isEqualTo(5);
    assertThat(made.json().get("idleTtlMillis").getAsLong()).isEqualTo(7_200_000);
    Result again = signalbox("create", "c/one", "--max", "5");
    assertThat(again.out()).isEqualTo("existed already: c/one: count 2 of 5, held 0, waiting 0");
    assertThat(signalbox("create", "c/one", "--max", "6", "--if-exists", "fail"))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCode.FAILED))
        .satisfies(refused -> assertThat(refused.err()).contains("--if-exists update"));
  }

  @Test
  void create_makesTheOtherKinds_andRefusesWhatTheyDoNotHave() {
    assertThat(signalbox("create", "k/m", "--kind", "mutex", "--json").json().get("kind"))
        .hasToString("\"mutex\"");
    Result event =
        signalbox("create", "k/e", "--kind", "event", "--manual-reset", "--initial", "1");
    assertThat(event.out()).isEqualTo("created k/e: set, waiting 0");
    Result rate = signalbox("create", "k/r", "--max", "10", "--refill", "5/1s", "--json");
    assertThat(rate.json().get("refillPermits").getAsInt()).isEqualTo(5);
    assertThat(rate.json().get("refillPeriodMillis").getAsInt()).isEqualTo(1_000);
    assertThat(signalbox("create", "k/x").code()).isEqualTo(ExitCode.USAGE);
    Result wrong = signalbox("create", "k/x", "--kind", "mutex", "--max", "2");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).isEqualTo("signalbox: --max belongs to a semaphore");
    assertThat(signalbox("create", "k/x", "--max", "0").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void get_showsHoldersAndWaiters() throws Exception {
    RemoteSemaphore a = semaphore("g/a", 1);
    try (Permit held = a.acquire()) {
      CompletableFuture<Permit> waiting = a.acquireAsync();
      eventually().until(() -> a.info().waiting() == 1);
      JsonObject json = signalbox("get", "g/a", "--json").json();
      JsonObject holder = json.getAsJsonArray("holders").get(0).getAsJsonObject();
      assertThat(holder.get("client").getAsString()).isEqualTo("the test");
      assertThat(holder.get("permits").getAsInt()).isEqualTo(1);
      assertThat(json.getAsJsonArray("waiters")).hasSize(1);
      assertThat(signalbox("get", "g/a").out()).contains("HOLDER", "WAITER", "the test");
      assertThat(held.isHeld() && waiting.cancel(true)).isTrue();
    }
  }

  @Test
  void get_ofAnUnknownName_saysWhatToDo() {
    Result unknown = signalbox("get", "nobody/knows");
    assertThat(unknown.code()).isEqualTo(ExitCode.FAILED);
    assertThat(unknown.err()).contains("nobody/knows", "signalbox list", "signalbox create");
    assertThat(unknown.out()).isEmpty();
  }

  @Test
  void list_printsALineForEachName() throws Exception {
    var b = semaphore("l/b", 2);
    var a = semaphore("l/a", 1);
    assertThat(signalbox("list", "l/").out().lines())
        .hasSize(3)
        .last()
        .asString()
        .contains(b.name());
    assertThat(signalbox("list", "l/", "--json").jsonLines())
        .extracting(json -> json.get("name").getAsString())
        .containsExactly(a.name(), b.name());
    assertThat(signalbox("list", "nothing/", "--json").out()).isEmpty();
  }

  @Test
  void resize_givesAnotherMax() throws Exception {
    semaphore("r/a", 2);
    assertThat(signalbox("resize", "r/a", "7", "--json").json().get("max").getAsInt()).isEqualTo(7);
    assertThat(signalbox("resize", "r/a").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void delete_needsForceWhileInUse() throws Exception {
    try (Permit held = semaphore("d/a", 1).acquire()) {
      Result refused = signalbox("delete", "d/a");
      assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err()).contains("--force");
      assertThat(signalbox("delete", "d/a", "--force").out()).isEqualTo("deleted d/a");
      eventually().until(() -> !held.isHeld());
    }
    signalbox("create", "d/m", "--kind", "mutex");
    assertThat(signalbox("delete", "d/m", "--json").json().get("deleted").getAsBoolean()).isTrue();
  }

  @Test
  void acquire_printsAnId_thatReleaseAndRenewTake() throws Exception {
    RemoteSemaphore a = semaphore("a/a", 2);
    Result acquired = signalbox("acquire", "a/a", "--permits", "2");
    assertThat(acquired.out()).matches("[0-9a-f]{32}");
    assertThat(a.info().held()).isEqualTo(2);
    assertThat(signalbox("renew", acquired.out()).out()).isEqualTo("renewed for 1m");
    assertThat(signalbox("release", "--grant", acquired.out()).code()).isZero();
    Result again = signalbox("release", "--grant", acquired.out(), "--json");
    assertThat(again.code()).isEqualTo(ExitCode.LOST);
    assertThat(again.json().get("released").getAsBoolean()).isFalse();
    assertThat(signalbox("renew", acquired.out()).code()).isEqualTo(ExitCode.LOST);
    assertThat(signalbox("renew", "x").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void acquire_ofSeveral_isOneGrant() throws Exception {
    client.semaphores().create("s/n", SemaphoreSpec.max(2).numbered());
    signalbox("create", "s/m", "--kind", "mutex");
    JsonObject json = signalbox("acquire", "s/m", "--and", "s/n=2", "--json").json();
    assertThat(json.get("granted").getAsBoolean()).isTrue();
    JsonObject numbered = json.getAsJsonArray("parts").get(1).getAsJsonObject();
    assertThat(numbered.get("slots")).hasToString("[0,1]");
    assertThat(numbered.get("epochs")).hasToString("[1,1]");
    String id = json.get("grant").getAsString();
    assertThat(signalbox("release", "--grant", id).out()).isEqualTo("released");
  }

  @Test
  void acquire_thatIsNotServed_exitsAsATemporaryFailure() throws Exception {
    try (Permit held = semaphore("n/a", 1).acquire()) {
      Result none = signalbox("acquire", "n/a", "--wait", "0", "--json");
      assertThat(none.code()).isEqualTo(ExitCode.NOT_NOW);
      assertThat(none.json().get("granted").getAsBoolean()).isFalse();
      Result late = signalbox("acquire", "n/a", "--wait", "10ms");
      assertThat(late.code()).isEqualTo(ExitCode.NOT_NOW);
      assertThat(late.err()).contains("not acquired within 10ms");
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  void acquire_thatConsumes_printsNothing() throws Exception {
    RemoteSemaphore a = semaphore("u/a", 2);
    Result used = signalbox("acquire", "u/a", "--consume");
    assertThat(used).isEqualTo(new Result(0, "", ""));
    assertThat(a.info().count()).isEqualTo(1);
  }

  @Test
  void release_ofAName_printsThePreviousCount() throws Exception {
    client.semaphores().create("p/a", SemaphoreSpec.max(5).initial(1));
    assertThat(signalbox("release", "p/a", "--permits", "3").out()).isEqualTo("1");
    Result tooMany = signalbox("release", "p/a", "--permits", "3");
    assertThat(tooMany.code()).isEqualTo(ExitCode.FAILED);
    signalbox("create", "p/e", "--kind", "event");
    assertThat(signalbox("release", "p/e").out()).isEqualTo("0");
    assertThat(signalbox("release", "p/e").out()).isEqualTo("1");
    signalbox("create", "p/m", "--kind", "mutex");
    assertThat(signalbox("release", "p/m").err()).contains("--grant");
    assertThat(signalbox("release").code()).isEqualTo(ExitCode.USAGE);
    assertThat(signalbox("release", "p/a", "--grant", "x").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void kill_endsASession_thatSessionsShow() throws Exception {
    RemoteSemaphore a = semaphore("x/a", 1);
    try (SignalboxClient victim =
            SignalboxClient.builder().target(target()).clientName("victim").build();
        Permit held = victim.semaphores().open("x/a").acquire()) {
      JsonObject session =
          signalbox("sessions", "--json").jsonLines().stream()
              .filter(line -> line.get("client").getAsString().equals("victim"))
              .findFirst()
              .orElseThrow();
      assertThat(session.get("permits").getAsInt()).isEqualTo(1);
      String number = session.get("session").getAsString();
      assertThat(signalbox("kill", number).out()).isEqualTo("ended session " + number);
      eventually().until(() -> !held.isHeld());
      assertThat(a.info().count()).isEqualTo(1);
      Result again = signalbox("kill", number);
      assertThat(again.code()).isEqualTo(ExitCode.FAILED);
      assertThat(again.err()).contains("signalbox sessions");
    }
    assertThat(signalbox("sessions").out()).startsWith("SESSION").contains("the test");
  }

  @Test
  void watch_printsChanges_untilAllIsDeleted() throws Exception {
    RemoteSemaphore a = semaphore("w/a", 2);
    StringWriter seen = new StringWriter();
    String[] words = {"watch", "w/a", "--interval", "10ms", "--json"};
    CompletableFuture<Result> watch = CompletableFuture.supplyAsync(() -> signalbox(seen, words));
    eventually().until(() -> seen.toString().contains("\"held\":0"));
    try (Permit held = a.acquire()) {
      eventually().until(() -> seen.toString().contains("\"held\":1"));
      assertThat(held.isHeld()).isTrue();
    }
    client.semaphores().delete("w/a");
    List<JsonObject> lines = watch.get().jsonLines();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
    assertThat(lines.get(0).get("name").getAsString()).isEqualTo("w/a");
    assertThat(lines.get(lines.size() - 1).get("deleted").getAsBoolean()).isTrue();
    assertThat(signalbox("watch", "w/a", "--interval", "1ms").code()).isEqualTo(ExitCode.USAGE);
    assertThat(signalbox("watch", "w/a").code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void unreachableServer_isSaidInOneLine() {
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "--target=127.0.0.1:1",
            "--timeout=100ms",
            "list");
    assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err.toString().lines()).hasSize(1).first().asString().contains("--target");
  }

  @Test
  void badUsage_isSaidInOneLine_withAWayOut() {
    Result unknown = signalbox("frobnicate");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err().lines()).hasSize(1).first().asString().contains("--help");
    Result behind = signalbox("run", "a", "ls", "-l");
    assertThat(behind.code()).isEqualTo(ExitCode.USAGE);
    assertThat(behind.err()).contains("behind '--'");
    assertThat(signalbox().code()).isEqualTo(ExitCode.USAGE);
    assertThat(signalbox("run", "a").code()).isEqualTo(ExitCode.USAGE);
    assertThat(signalbox("list", "--target", "no-port").code()).isEqualTo(ExitCode.USAGE);
    assertThat(signalbox("acquire", "a", "--wait", "soon").err()).contains("--wait", "30s");
  }

  @Test
  void help_namesEveryWord_andCompletionCompletesThem() {
    String words = "run create get list watch resize delete acquire renew release sessions kill";
    assertThat(signalbox("--help").out()).contains(words.split(" "));
    assertThat(signalbox("run", "--help").out()).contains("--permits", "--and", "SIGNALBOX_SLOT");
    assertThat(signalbox("completion").out()).contains("bash", "--permits", "sessions");
  }
}
