package io.millrace.model.kernel;

import io.millrace.model.Head;
import io.millrace.model.ParameterLayout;
import io.millrace.model.learn.TrainingWindow;

/** A head and its loss over one window, and back. A step's loss is 0 where the target is unknown. */
interface ScalarLossHead {

  static ScalarLossHead of(ParameterLayout layout) {
    return layout.spec().head() == Head.FORECAST
        ? new ScalarForecast(layout)
        : new ScalarLinearHead(layout);
  }

  /**
   * @param values [layout.size()]
   * @param h [T,H], read again by the backward pass
   * @return the sum of the steps' losses
   */
  double forward(double[] values, double[] h, TrainingWindow window);

  /**
   * @param gradient [layout.size()], added to
   * @return dh:[T,H]
   */
  double[] backward(double[] values, TrainingWindow window, double[] gradient);
}
