package io.millrace.model.category;

import java.nio.charset.StandardCharsets;

/**
 * Ids without a memory: {@code 1 + h mod (V - 1)}, where h, taken as unsigned, is the text's hash. FNV-1a of 64 bits over its UTF-8
 * (Fowler, Noll and Vo; RFC 9923), because it is the same everywhere, for ever, and written down in five lines of any language.
 */
final class HashedIds {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private HashedIds() {}

  /** @return 1 to size - 1 */
  static int idOf(String text, int size) {
    return 1 + (int) Long.remainderUnsigned(hash(text), size - 1);
  }

  private static long hash(String text) {
    long hash = OFFSET_BASIS;
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (one & 0xff)) * PRIME;
    }
    return hash;
  }
}
