package io.millrace.model.learn.sync;

/**
 * What a replica has learned since it last said so. Its array is never changed.
 *
 * @param baseVersion version of the weights that the replica stood on
 * @param sequence number of this change among its worker's, from 1, without gaps
 * @param tally what was learned; at least one step
 * @param delta [N] change of the parameters
 */
public record Change(long baseVersion, long sequence, Tally tally, float[] delta) {

  public long steps() {
    return tally.steps();
  }
}
