package io.millrace.topology.learn;

/** On which thread a worker learns a batch. The updates are the same. */
public enum LearnThread {
  /** One of its own, while the stream's goes on. */
  OWN,
  /** The stream's, which does nothing else meanwhile. */
  STREAM
}
