package io.millrace.benchmarks.stream.throughput;

import io.millrace.benchmarks.stream.application.Variant;

/** One variant under one setting; rounds are taken together. */
record Run(int keys, String guarantee, int threads, Variant variant) {
  static Run of(Setting setting, Variant variant) {
    return new Run(setting.keys(), setting.guarantee(), setting.threads(), variant);
  }

  /** The same topology with the network left out. */
  Run ceiling() {
    return new Run(keys, guarantee, threads, Variant.CEILING);
  }
}
