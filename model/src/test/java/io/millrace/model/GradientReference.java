package io.millrace.model;

import io.millrace.model.learn.TrainingWindow;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * libtorch's loss and gradients for one model and a batch of windows of unequal lengths, one of them masked throughout. The loss of a
 * step is that of the model's head: for the forecast, the mean over the features of the Gaussian negative log-likelihood: nats.
 *
 * @param file which holds them, and the parameters
 * @param windows the batch
 * @param steps not masked
 * @param lossSum over those steps
 * @param gradient [layout.size()] of the sum, in the layout's order
 */
public record GradientReference(
    Reference file, List<TrainingWindow> windows, long steps, double lossSum, double[] gradient) {

  public static Stream<GradientReference> all() {
    return Reference.all("gradient").map(GradientReference::of);
  }

  private static GradientReference of(Reference file) {
    return new GradientReference(
        file,
        IntStream.range(0, file.number("windows"))
            .mapToObj(n -> window(file, "window." + n + "."))
            .toList(),
        file.number("steps"),
        file.doubles("lossSum")[0],
        gradient(file));
  }

  private static TrainingWindow window(Reference file, String name) {
    return new TrainingWindow(
        new HiddenState(file.floats(name + "initial.h"), file.floats(name + "initial.c")),
        file.floats(name + "inputs"),
        file.floats(name + "targets"),
        mask(file.doubles(name + "mask")));
  }

  private static byte[] mask(double[] ones) {
    byte[] mask = new byte[ones.length];
    for (int t = 0; t < mask.length; t++) {
      mask[t] = (byte) ones[t];
    }
    return mask;
  }

  private static double[] gradient(Reference file) {
    return file.parameters().layout().tensors().stream()
        .flatMapToDouble(tensor -> DoubleStream.of(file.doubles("gradient." + tensor.name())))
        .toArray();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
