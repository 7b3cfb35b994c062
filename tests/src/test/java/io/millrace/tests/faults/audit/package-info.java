/** Committed records in, broken promises out: who reads what was written must be able to prove that nothing was lost or done twice. */
package io.millrace.tests.faults.audit;
