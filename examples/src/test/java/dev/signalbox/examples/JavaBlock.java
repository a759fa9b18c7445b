package dev.signalbox.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A block of Java on a page of the documentation.
 *
 * @param section the last heading of the second level above it; empty if there is none
 * @param title the last heading above it of whatever level
 * @param code what is in it
 */
record JavaBlock(String section, String title, String code) {
  private static final Pattern PART =
      Pattern.compile("(?ms)^(#{1,3}) ([^\n]*)$|^```java\n(.*?)^```$|^```sh\n.*?^```$");

  /** All of a page, in order. */
  static List<JavaBlock> on(Path page) throws IOException {
    List<JavaBlock> blocks = new ArrayList<>();
    String section = "";
    String title = "";
    for (MatchResult part : parts(page)) {
      if (part.group(3) != null) {
        blocks.add(new JavaBlock(section, title, part.group(3)));
      } else if (part.group(2) != null) {
        title = part.group(2);
        section = part.group(1).equals("##") ? title : section;
      }
    }
    return blocks;
  }

  private static List<MatchResult> parts(Path page) throws IOException {
    return PART.matcher(Files.readString(page)).results().toList();
  }

  @Override
  public String toString() {
    return section.equals(title) ? title : section + ": " + title;
  }
}
