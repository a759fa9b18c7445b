package dev.signalbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolListener;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of Java on the migration page compiles, and shows what the comments behind its {@code
 * show(…)} say.
 */
@Timeout(120)
class MigrationTest {
  private static final Path PAGE = Path.of("..", "docs", "migration.md");
  private static final Pattern SHOWN =
      Pattern.compile("(?m)^.*\\bshow\\(.*; *(?:// ([^:\n]*?)(?::.*)?)?$");
  private static final Pattern FENCE = Pattern.compile("(?m)^ *(```|~~~)");
  private static final Pattern SECTION = Pattern.compile("(?ms)^## ([^\n]*)$(.*?)(?=^## |\\z)");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`[^|]*?) \\|");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void block_whenRun_showsWhatItsCommentsSay(JavaBlock block) throws Exception {
    try (SignalboxServer server = SignalboxServer.start(ServerOptions.embedded())) {
      assertThat(shownBy(block, "127.0.0.1:" + server.port())).isEqualTo(comments(block.code()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void block_always_showsSomething(JavaBlock block) {
    assertThat(comments(block.code())).isNotEmpty().doesNotContainNull();
  }

  @Test
  void page_always_hasNoOtherBlocks() throws IOException {
    assertThat(FENCE.matcher(Files.readString(PAGE)).results()).hasSize(2 * blocks().size());
  }

  @Test
  void blocks_always_haveTitlesOfTheirOwn() throws IOException {
    assertThat(blocks()).extracting(JavaBlock::title).doesNotHaveDuplicates();
  }

  /** What the first column of a section's table names, one of its blocks names as well. */
  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("names")
  void name_always_isInAnExampleOfItsSection(String name, String section) throws IOException {
    assertThat(code(section)).containsPattern("\\b" + Pattern.quote(name) + "\\b");
  }

  private List<String> shownBy(JavaBlock block, String address) throws Exception {
    Snippet snippet =
        new Snippet(
            directory,
            ", SignalboxClient client, CallbackPool pool",
            block.code().replace("localhost:7600", address));
    try (SignalboxClient client = SignalboxClient.builder().target(address).build();
        CallbackPool pool = client.callbackPool(PoolOptions.threads(1, 4).listener(new Quiet()))) {
      Runnable work = () -> {};
      snippet.run(work, client, pool);
    }
    return snippet.shown();
  }

  private static List<String> comments(String code) {
    return SHOWN.matcher(code).results().map(line -> line.group(1)).toList();
  }

  private static String code(String section) throws IOException {
    StringBuilder code = new StringBuilder();
    for (JavaBlock block : blocks()) {
      if (block.section().equals(section)) {
        code.append(block.code());
      }
    }
    return code.toString();
  }

  private static List<JavaBlock> blocks() throws IOException {
    return JavaBlock.on(PAGE);
  }

  private static Stream<Object[]> names() throws IOException {
    return SECTION.matcher(Files.readString(PAGE)).results().flatMap(MigrationTest::namesOf);
  }

  private static Stream<Object[]> namesOf(MatchResult section) {
    return FIRST_CELL
        .matcher(section.group(2))
        .results()
        .flatMap(cell -> NAME.matcher(cell.group(1)).results())
        .map(name -> new Object[] {name.group(1), section.group(1)});
  }

  /** The page has callbacks that throw and releases that are refused. */
  private static final class Quiet implements PoolListener {
    @Override
    public void callbackThrew(CallbackHandle callback, Throwable thrown) {}

    @Override
    public void intentFailed(CallbackHandle callback, Throwable failure) {}
  }
}
