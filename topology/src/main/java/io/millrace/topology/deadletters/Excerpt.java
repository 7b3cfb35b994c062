package io.millrace.topology.deadletters;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What others wrote, cut to one short line that cannot play tricks on a terminal. */
final class Excerpt {
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");

  private Excerpt() {}

  /**
   * The first bytes: as they stand where they are printable UTF-8, else in hex after {@code 0x}; then {@code ..} where more follow.
   *
   * @param limit bytes at most
   */
  static String of(byte[] bytes, int limit) {
    int length = Math.min(limit, bytes.length);
    String head =
        text(bytes, length).orElseGet(() -> "0x" + HexFormat.of().formatHex(bytes, 0, length));
    return length < bytes.length ? head + ".." : head;
  }

  /**
   * The first characters, each invisible one replaced by a blank.
   *
   * @param limit characters at most
   */
  static String of(String text, int limit) {
    String line = INVISIBLE.matcher(text).replaceAll(" ");
    return line.length() > limit ? line.substring(0, limit) + ".." : line;
  }

  /** Without a character that the length cuts in two. */
  private static Optional<String> text(byte[] bytes, int length) {
    CharBuffer text = CharBuffer.allocate(length);
    boolean malformed = StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes, 0, length), text, length == bytes.length)
        .isError();
    String decoded = text.flip().toString();
    return malformed || INVISIBLE.matcher(decoded).find() ? Optional.empty() : Optional.of(decoded);
  }
}
