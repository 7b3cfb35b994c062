package io.millrace.state.writeback;

/** Which rows of a store are used together: those lie together on the heap. */
@FunctionalInterface
public interface Neighbours {
  /** Each row by itself. */
  Neighbours NONE = key -> false;

  /**
   * Whether a row is used together with those whose keys differ from its own in the last byte only.
   *
   * @param key at least two bytes long, where that is so: ranges go by the first
   */
  boolean has(byte[] key);
}
