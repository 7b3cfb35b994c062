package io.millrace.model;

import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.Network;
import java.util.Optional;

/**
 * One version of the weights, packed for a kernel. Immutable: an instance shares it among its threads.
 *
 * @param version 0 is the untrained network
 * @param network the recurrent layers and the head's linear map
 * @param forecast the rest of the forecast head; the other heads are their linear map and no more
 */
public record Weights(long version, Network network, Optional<ForecastHead> forecast) {

  public static Weights of(long version, Parameters parameters, Kernel kernel) {
    return new Weights(
        version,
        kernel.load(parameters),
        parameters.spec().head() == Head.FORECAST
            ? Optional.of(new ForecastHead(parameters))
            : Optional.empty());
  }

  /** @throws IllegalStateException when the model has another head */
  public ForecastHead head() {
    return forecast.orElseThrow(() -> new IllegalStateException(
        "forecast refused: signature=" + spec().signature() + ". Ask for what its head predicts."));
  }

  public ModelSpec spec() {
    return network.spec();
  }
}
