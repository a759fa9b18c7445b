package dev.signalbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of Java on the page about the test kit compiles, and shows what the comments behind
 * its {@code show(…)} say.
 */
@Timeout(120)
class TestkitPageTest {
  private static final Path PAGE = Path.of("..", "docs", "testkit.md");
  private static final Pattern SHOWN = Pattern.compile("(?m)^.*\\bshow\\(.*; *// (.*)$");

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void block_whenRun_showsWhatItsCommentsSay(JavaBlock block) throws Exception {
    Snippet snippet = new Snippet(directory, "", block.code());
    Runnable work = () -> {};
    snippet.run(work);
    assertThat(snippet.shown()).isNotEmpty().isEqualTo(comments(block.code()));
  }

  private static List<String> comments(String code) {
    return SHOWN.matcher(code).results().map(line -> line.group(1)).toList();
  }

  private static List<JavaBlock> blocks() throws IOException {
    return JavaBlock.on(PAGE);
  }
}
