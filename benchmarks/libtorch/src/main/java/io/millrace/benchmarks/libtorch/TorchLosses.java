package io.millrace.benchmarks.libtorch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Loss of each step, [B,T], under each of the heads, from their linear map y:[B,T,Y]. */
final class TorchLosses {
  private static final double LOG_VARIANCE_BOUND = 10;
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** {@code at::Reduction::None} */
  private static final long EACH = 0;

  private TorchLosses() {}

  /**
   * The mean over the features of the Gaussian negative log-likelihood: nats.
   *
   * @param skipped [B,T,F] the input times the skip
   * @param target [B,T,F]
   */
  static Tensor forecast(Tensor skipped, Tensor y, Tensor target) {
    long features = skipped.size(-1);
    Tensor mean = y.narrow(-1, 0, features).add(skipped);
    Tensor logVariance = y.narrow(-1, features, features)
        .clamp(bound(-LOG_VARIANCE_BOUND), bound(LOG_VARIANCE_BOUND));
    return target
        .sub(mean)
        .square()
        .mul(logVariance.neg().exp())
        .add(logVariance)
        .mul(new Scalar(0.5))
        .add(new Scalar(HALF_LOG_TWO_PI))
        .mean(-1);
  }

  private static ScalarOptional bound(double value) {
    return new ScalarOptional(new Scalar(value));
  }

  /**
   * Cross-entropy: nats.
   *
   * @param target [B,T,1] the categories' numbers
   */
  static Tensor category(Tensor y, Tensor target) {
    return torch
        .log_softmax(y, -1)
        .gather(-1, target.to(torch.ScalarType.Long))
        .neg()
        .squeeze(-1);
  }

  /**
   * Logistic loss: nats.
   *
   * @param target [B,T,1] of zeros and ones
   */
  static Tensor binary(Tensor y, Tensor target) {
    return torch
        .binary_cross_entropy_with_logits(
            y, target, new TensorOptional(), new TensorOptional(), EACH)
        .squeeze(-1);
  }

  /**
   * Half the squared error.
   *
   * @param target [B,T,1]
   */
  static Tensor regression(Tensor y, Tensor target) {
    return torch.mse_loss(y, target, EACH).mul(new Scalar(0.5)).squeeze(-1);
  }
}
