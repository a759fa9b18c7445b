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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A block of Java from the documentation, made into a method that can be run. */
final class Snippet {
  private final Path directory;
  private final String parameters;
  private final String code;
  private final List<String> shown = new CopyOnWriteArrayList<>();

  /**
   * A snippet.
   *
   * @param directory to compile in
   * @param parameters of the method, each with a leading comma; {@code work()} and {@code
   *     show(Object)} are there anyway
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
    import dev.signalbox.client.limit.*;
    import dev.signalbox.client.testing.*;
    import dev.signalbox.grpc.*;
    import io.grpc.*;
    import java.io.*;
    import java.time.*;
    import java.util.*;
    import java.util.concurrent.*;
    import java.util.concurrent.atomic.*;
    import java.util.concurrent.locks.*;
    import java.util.function.*;

    public class Example {
      public static void run(Consumer<Object> shown, Runnable work%s) throws Exception {
        new Object() {
          void work() {
            work.run();
          }

          void show(Object value) {
            shown.accept(value);
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

  /**
   * Compiles and runs it.
   *
   * @param arguments what {@code work()} does, then a value for each parameter
   */
  void run(Object... arguments) throws IOException, ReflectiveOperationException {
    compile();
    URL[] classes = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, Snippet.class.getClassLoader())) {
      method(loader.loadClass("Example")).invoke(null, withShow(arguments));
    }
  }

  private Object[] withShow(Object... arguments) {
    Consumer<Object> show = value -> shown.add(String.valueOf(value));
    return Stream.concat(Stream.of(show), Arrays.stream(arguments)).toArray();
  }

  /** What it gave to {@code show}, in that order. */
  List<String> shown() {
    return List.copyOf(shown);
  }

  private static Method method(Class<?> example) {
    return Arrays.stream(example.getMethods())
        .filter(method -> method.getName().equals("run"))
        .findFirst()
        .orElseThrow();
  }

  private void compile() throws IOException {
    Path source = directory.resolve("Example.java");
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
