package io.millrace.topology.config;

/** Where key states live between events; both have a changelog. */
public enum StateStore {
  /** On disk, memory bounded by {@code rocksdb.memory.bytes}. */
  ROCKSDB,
  /** On the heap: faster while the states fit it. */
  MEMORY
}
