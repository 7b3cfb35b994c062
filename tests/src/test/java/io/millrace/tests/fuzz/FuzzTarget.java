package io.millrace.tests.fuzz;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A decoder under fire.
 *
 * @param corpus valid inputs; at least one
 * @param decoder what becomes of an input
 * @param declared exceptions by which it may refuse one
 * @param reseal mends what vouches for damaged bytes, such as a checksum, so that they reach what lies behind it
 * @param tokens pieces that mean something to it
 * @param share bytes that may be allocated for each byte of an input
 * @param cost of one input, in those of a cheap decoder; it is given that many times fewer
 */
record FuzzTarget(
    String name,
    List<byte[]> corpus,
    Decoder decoder,
    Set<Class<? extends Exception>> declared,
    UnaryOperator<byte[]> reseal,
    List<byte[]> tokens,
    int share,
    int cost) {
  /** A tree of JSON nodes is what takes most. */
  private static final int SHARE = 200;

  /** Takes an input, or refuses it. */
  interface Decoder {
    void decode(byte[] bytes) throws Exception;
  }

  static FuzzTarget of(
      String name,
      List<byte[]> corpus,
      Decoder decoder,
      List<Class<? extends Exception>> declared) {
    return new FuzzTarget(
        name, corpus, decoder, Set.copyOf(declared), UnaryOperator.identity(), List.of(), SHARE, 1);
  }

  FuzzTarget resealedBy(UnaryOperator<byte[]> mend) {
    return new FuzzTarget(name, corpus, decoder, declared, mend, tokens, share, cost);
  }

  FuzzTarget withTokens(List<byte[]> pieces) {
    return new FuzzTarget(name, corpus, decoder, declared, reseal, pieces, share, cost);
  }

  FuzzTarget allocating(int bytesForEach) {
    return new FuzzTarget(name, corpus, decoder, declared, reseal, tokens, bytesForEach, cost);
  }

  FuzzTarget costing(int times) {
    return new FuzzTarget(name, corpus, decoder, declared, reseal, tokens, share, times);
  }

  boolean declares(Throwable thrown) {
    return declared.stream().anyMatch(type -> type.isInstance(thrown));
  }

  @Override
  public String toString() {
    return name;
  }
}
