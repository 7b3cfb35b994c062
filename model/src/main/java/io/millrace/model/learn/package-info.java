/**
 * Learning from windows of steps: {@link io.millrace.model.learn.TrainingWindow}s enter with a model's parameters, the gradient of
 * their loss leaves. Nothing here changes parameters, scores an event or knows where windows come from.
 */
package io.millrace.model.learn;
