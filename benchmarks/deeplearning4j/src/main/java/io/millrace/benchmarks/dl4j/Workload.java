package io.millrace.benchmarks.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is computed: as many units and outputs as on our side, with the library's own weights. */
final class Workload {
  static final int INPUTS = 16;
  static final int EVENT_HIDDEN = 64;
  static final int WINDOWS = 64;
  static final int STEPS = 32;
  static final int OUTPUTS = 2 * INPUTS;

  private static final long SEED = 17;
  private static final double RATE = 1e-3;

  private Workload() {}

  static MultiLayerNetwork lstm(int hidden) {
    return started(new NeuralNetConfiguration.Builder().seed(SEED).list().layer(lstmLayer(hidden)));
  }

  /** Squared error stands for the Gaussian likelihood, which the library lacks. */
  static MultiLayerNetwork lstmAndHead(int hidden) {
    return started(new NeuralNetConfiguration.Builder()
        .seed(SEED)
        .updater(new Sgd(RATE))
        .list()
        .layer(lstmLayer(hidden))
        .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nIn(hidden)
            .nOut(OUTPUTS)
            .build()));
  }

  private static LSTM lstmLayer(int hidden) {
    return new LSTM.Builder()
        .nIn(INPUTS)
        .nOut(hidden)
        .activation(Activation.TANH)
        .build();
  }

  private static MultiLayerNetwork started(NeuralNetConfiguration.ListBuilder layers) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }
}
