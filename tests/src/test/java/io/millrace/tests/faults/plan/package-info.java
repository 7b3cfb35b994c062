/** What is to happen, decided by the seed alone: no process is started here. */
package io.millrace.tests.faults.plan;
