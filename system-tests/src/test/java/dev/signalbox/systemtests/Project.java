package dev.signalbox.systemtests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the project lies, whatever folder the tests run in. */
public final class Project {
  private Project() {}

  /**
   * The folder with the root pom, the contract and the compose file.
   *
   * @return its absolute path
   */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/semantics.md"))) {
      folder = Objects.requireNonNull(folder.getParent(), "run inside the project");
    }
    return folder;
  }
}
