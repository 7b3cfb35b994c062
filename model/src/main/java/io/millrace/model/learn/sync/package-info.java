/**
 * Learning by several workers at once, as arithmetic. Gradients enter a {@link io.millrace.model.learn.sync.Replica}, its
 * {@link io.millrace.model.learn.sync.Change}s leave; they enter {@link io.millrace.model.learn.sync.Merge}, whose
 * {@link io.millrace.model.learn.sync.MergedWeights} lead back to every replica. Whatever carries them in between may be slow,
 * but neither loses nor reorders one worker's changes. Every step that enters ends up in the merged weights or is counted under
 * the reason why not.
 */
package io.millrace.model.learn.sync;
