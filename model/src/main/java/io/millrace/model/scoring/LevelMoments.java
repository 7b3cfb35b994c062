package io.millrace.model.scoring;

/**
 * The history a key's levels are held against. 24 bytes a feature.
 *
 * @param recent [F] short-run mean of the level: raw units
 * @param mean [F] long-run mean of the short-run mean: raw units
 * @param variance [F] long-run variance of the short-run mean: raw units squared
 * @param peak rarity of the rarest level, fading: minus the decimal logarithm of its tail probability
 * @param outdone by how much the levels of late were rarer than the peak, all together: in such logarithms
 */
public record LevelMoments(
    double[] recent, double[] mean, double[] variance, double peak, double outdone) {

  public static LevelMoments initial(int features) {
    return new LevelMoments(new double[features], new double[features], new double[features], 0, 0);
  }
}
