package dev.signalbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A block of Java from the README, made into a method that can be run. */
final class Snippet {
  private final Path directory;
  private final String parameters;
  private final String code;

  /**
   * A snippet.
   *
   * @param directory to compile in
   * @param parameters of the method, each with a leading comma; {@code work()} is there anyway
   * @param code its body
   */
  Snippet(Path directory, String parameters, String code) {
    this.directory = directory;
    this.parameters = parameters;
    this.code = code;
  }

  /** As the one class of a file. */
  private String source() {
    return """
    import dev.signalbox.client.*;
    import dev.signalbox.client.callback.*;

    public class Readme {
      public static void run(Runnable work%s) throws Exception {
        new Object() {
          void work() {
            work.run();
          }

          void run() throws Exception {
            %s
          }
        }.run();
      }
    }
    """
        .formatted(parameters, code);
  }

  /** Compiles and runs it. */
  void run(Object... arguments) throws IOException, ReflectiveOperationException {
    compile();
    URL[] classes = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, Snippet.class.getClassLoader())) {
      method(loader.loadClass("Readme")).invoke(null, arguments);
    }
  }

  private static Method method(Class<?> readme) {
    return Arrays.stream(readme.getMethods())
        .filter(method -> method.getName().equals("run"))
        .findFirst()
        .orElseThrow();
  }

  private void compile() throws IOException {
    Path source = directory.resolve("Readme.java");
    Files.writeString(source, source());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("%s%n%s", messages, code).isTrue();
    }
  }
}
