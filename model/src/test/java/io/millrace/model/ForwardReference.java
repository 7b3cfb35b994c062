package io.millrace.model;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * libtorch's outputs for one model.
 *
 * @param file which holds them, and the parameters
 * @param sequences of different lengths
 */
public record ForwardReference(Reference file, List<Sequence> sequences) {

  /**
   * @param initial state before the first step, not zero
   * @param inputs [T,F]
   * @param outputs [T,H] h of the top layer after each step
   * @param projections [T,Y] the head's linear map after each step
   * @param finalH [L*H] after the last step
   * @param finalC [L*H] after the last step
   */
  public record Sequence(
      HiddenState initial,
      float[] inputs,
      double[] outputs,
      double[] projections,
      double[] finalH,
      double[] finalC) {}

  public static Stream<ForwardReference> all() {
    return Reference.all("forward").map(ForwardReference::of);
  }

  private static ForwardReference of(Reference file) {
    return new ForwardReference(
        file,
        IntStream.range(0, file.number("sequences"))
            .mapToObj(n -> sequence(file, "sequence." + n + "."))
            .toList());
  }

  private static Sequence sequence(Reference file, String name) {
    return new Sequence(
        new HiddenState(file.floats(name + "initial.h"), file.floats(name + "initial.c")),
        file.floats(name + "inputs"),
        file.doubles(name + "outputs"),
        file.doubles(name + "projections"),
        file.doubles(name + "final.h"),
        file.doubles(name + "final.c"));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
