package dev.signalbox.client.limit;

import java.util.ArrayList;
import java.util.List;

/** Takes a name with parts in braces apart into the keys and what stands around them. */
final class TemplateParser {
  private final String name;
  private final List<String> literals = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();

  TemplateParser(String name) {
    this.name = name;
    int from = 0;
    for (int open = name.indexOf('{'); open >= 0; open = name.indexOf('{', from)) {
      int close = name.indexOf('}', open);
      require(close > 0, "a brace is not closed");
      addLiteral(name.substring(from, open));
      addKey(name.substring(open + 1, close));
      from = close + 1;
    }
    addLiteral(name.substring(from));
    literals.subList(1, keys.isEmpty() ? 1 : keys.size()).forEach(this::checkSeparates);
  }

  List<String> literals() {
    return List.copyOf(literals);
  }

  List<String> keys() {
    return List.copyOf(keys);
  }

  private void addLiteral(String literal) {
    require(literal.indexOf('}') < 0, "a brace is closed that was not opened");
    require(literal.chars().noneMatch(Character::isISOControl), "has a control character");
    literals.add(literal);
  }

  private void addKey(String key) {
    require(!key.isEmpty(), "braces are empty");
    require(
        key.chars().allMatch(c -> KeyValue.isPlain((char) c)),
        "a key has letters, digits, '.', '_' and '-' only, not '" + key + "'");
    keys.add(key);
  }

  /** What stands between two keys has something that no value can have. */
  private void checkSeparates(String literal) {
    require(
        literal.chars().anyMatch(c -> c != '%' && !KeyValue.isPlain((char) c)),
        "parts in braces need a '/' between them, or another character that values do not have");
  }

  private void require(boolean condition, String why) {
    Checks.require(condition, name, "name", why);
  }
}
