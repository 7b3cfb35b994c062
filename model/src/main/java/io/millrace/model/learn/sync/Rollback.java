package io.millrace.model.learn.sync;

/**
 * The newest return to earlier weights, or turn to imported ones. Every later version names it, because whoever reads a compacted topic may never see the
 * version that made it.
 *
 * @param version that did so; 0 when none ever did
 * @param rolledBackTo version whose values it has: an earlier one, or itself where they were imported
 */
public record Rollback(long version, long rolledBackTo) {
  public static final Rollback NONE = new Rollback(0, 0);
}
