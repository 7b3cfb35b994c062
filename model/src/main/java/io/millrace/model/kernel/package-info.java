/**
 * The mathematics of the recurrent layers and of the head's linear map, behind {@link io.millrace.model.kernel.Kernel}.
 * {@code ScalarKernel} is the specification; the others must give its figures.
 */
package io.millrace.model.kernel;
