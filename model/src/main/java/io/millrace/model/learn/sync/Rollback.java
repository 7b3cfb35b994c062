package io.millrace.model.learn.sync;

/**
 * The newest return to earlier weights. Every later version names it, because whoever reads a compacted topic may never see the
 * version that made it.
 *
 * @param version that went back; 0 when none ever did
 * @param rolledBackTo version whose values it has
 */
public record Rollback(long version, long rolledBackTo) {
  public static final Rollback NONE = new Rollback(0, 0);
}
