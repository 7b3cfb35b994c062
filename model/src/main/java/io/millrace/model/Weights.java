package io.millrace.model;

import io.millrace.model.kernel.Kernel;
import io.millrace.model.kernel.Network;

/**
 * One version of the weights, packed for a kernel. Immutable: an instance shares it among its threads.
 *
 * @param version 0 is the untrained network
 * @param network the recurrent layers and the head's linear map
 * @param head the rest of the head
 */
public record Weights(long version, Network network, ForecastHead head) {

  public static Weights of(long version, Parameters parameters, Kernel kernel) {
    return new Weights(version, kernel.load(parameters), new ForecastHead(parameters));
  }

  public ModelSpec spec() {
    return network.spec();
  }
}
