/** Bytes that nobody meant to send, against every decoder: valid ones go in, are damaged by a seed, and only declared exceptions may come out. */
package io.millrace.tests.fuzz;
