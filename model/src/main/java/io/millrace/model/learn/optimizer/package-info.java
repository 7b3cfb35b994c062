/**
 * A mean gradient enters, changed parameters leave. What an optimizer remembers between two steps can be taken out as an
 * {@link io.millrace.model.learn.optimizer.OptimizerState} and put back; the next step is then the same, bit for bit. Nothing
 * here knows where the gradient came from, and a step allocates next to nothing.
 */
package io.millrace.model.learn.optimizer;
