package io.millrace.serde.fuzz;

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
 */
record FuzzTarget(
    String name,
    List<byte[]> corpus,
    Decoder decoder,
    Set<Class<? extends RuntimeException>> declared,
    UnaryOperator<byte[]> reseal,
    List<byte[]> tokens) {

  interface Decoder {
    void decode(byte[] bytes) throws Exception;
  }

  @SafeVarargs
  static FuzzTarget of(
      String name,
      List<byte[]> corpus,
      Decoder decoder,
      Class<? extends RuntimeException>... declared) {
    return new FuzzTarget(
        name, corpus, decoder, Set.of(declared), UnaryOperator.identity(), List.of());
  }

  FuzzTarget resealedBy(UnaryOperator<byte[]> mend) {
    return new FuzzTarget(name, corpus, decoder, declared, mend, tokens);
  }

  FuzzTarget withTokens(List<byte[]> pieces) {
    return new FuzzTarget(name, corpus, decoder, declared, reseal, pieces);
  }

  @Override
  public String toString() {
    return name;
  }
}
