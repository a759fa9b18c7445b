package dev.signalbox.server.ratelimit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of rules, and what it said when it last made sense. It is read as a whole to see whether
 * it has changed: that notices a link that points elsewhere, a mounted file that was replaced and a
 * change within one tick of the file system's clock.
 */
public final class LimitsFile {
  private static final Logger LOG = LoggerFactory.getLogger(LimitsFile.class);
  private static final int MAX_BYTES = 1 << 20;

  private final Path path;
  private volatile LimitRules rules;

  /** What it held the last time it was looked at, and the last time that was taken seriously. */
  private Content seen;

  private Content judged;

  private LimitsFile(Path path, Content content) {
    this.path = path;
    this.seen = content;
    this.judged = content;
    this.rules = content.rules();
  }

  /**
   * Reads the file.
   *
   * @throws InvalidLimits if it cannot be read or is not well-formed; the message is one line that
   *     begins with the file and names the place
   */
  public static LimitsFile read(Path path) {
    try {
      return new LimitsFile(path, Content.of(path));
    } catch (InvalidLimits e) {
      throw new InvalidLimits(path + ": " + e.getMessage(), e);
    }
  }

  /** The rules that hold now. */
  LimitRules rules() {
    return rules;
  }

  /**
   * Looks whether the file has changed. Of two looks the second takes the change over, if nothing
   * has changed between them: the file may have been half written at the first. What is not
   * well-formed is logged once, and the rules stay as they were. One thread at a time.
   */
  void look() {
    Content now = Content.of(path);
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && !now.equals(judged)) {
      judged = now;
      judge(now);
    }
  }

  private void judge(Content content) {
    try {
      LimitRules read = content.rules();
      rules = read;
      LOG.info(
          "Rate limits changed: {} has {} domains, {} rules",
          path,
          read.domains().size(),
          read.all().size());
    } catch (InvalidLimits e) {
      LOG.error("Rate limits stay as they were: {}: {}", path, e.getMessage());
    }
  }

  /** What the file holds, or why that is unknown: then {@code problem} is not empty. */
  private record Content(String text, String problem) {
    static Content of(Path path) {
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        return bytes.length > MAX_BYTES
            ? unknown("is larger than " + MAX_BYTES + " bytes")
            : new Content(
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), "");
      } catch (CharacterCodingException e) {
        return unknown("is not UTF-8");
      } catch (NoSuchFileException e) {
        return unknown("does not exist");
      } catch (IOException e) {
        return unknown("cannot be read: " + e);
      }
    }

    private static Content unknown(String problem) {
      return new Content("", problem);
    }

    LimitRules rules() {
      if (!problem.isEmpty()) {
        throw new InvalidLimits(problem);
      }
      return LimitsReader.read(text);
    }
  }
}
