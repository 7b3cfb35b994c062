/** More events than can be scored: how long they wait, what they cost the learner, and whether any is lost. */
package io.millrace.tests.faults.overload;
