package io.millrace.benchmarks.dl4j;

import io.millrace.benchmarks.common.Size;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is computed: as many units and outputs as on our side, with the library's own weights. */
final class Workload {
  private static final long SEED = 17;
  private static final double RATE = 1e-3;

  private Workload() {}

  static MultiLayerNetwork lstm(Size size) {
    return started(layers(size));
  }

  /** Squared error stands for the Gaussian likelihood, which the library lacks. */
  static MultiLayerNetwork lstmAndHead(Size size) {
    return started(layers(size)
        .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nIn(size.hidden())
            .nOut(size.outputs())
            .build()));
  }

  private static NeuralNetConfiguration.ListBuilder layers(Size size) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(SEED).updater(new Sgd(RATE)).list();
    for (int layer = 0; layer < size.layers(); layer++) {
      layers.layer(new LSTM.Builder()
          .nIn(size.inputsOf(layer))
          .nOut(size.hidden())
          .activation(Activation.TANH)
          .build());
    }
    return layers;
  }

  private static MultiLayerNetwork started(NeuralNetConfiguration.ListBuilder layers) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }
}
