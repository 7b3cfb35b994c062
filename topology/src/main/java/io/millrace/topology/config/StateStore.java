package io.millrace.topology.config;

/** Where key states live between events; both have a changelog. */
public enum StateStore {
  /** On disk, and as far as {@code state.cache.bytes} go on the heap; memory bounded by those and {@code rocksdb.memory.bytes}. */
  ROCKSDB,
  /** On the heap, all of them. */
  MEMORY
}
