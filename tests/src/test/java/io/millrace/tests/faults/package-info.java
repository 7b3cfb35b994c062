/**
 * The promises under fire: a broker and applications as processes of their own, faults at seeded moments, and an audit of all that
 * the topics hold afterwards. Nothing here looks into a process; what counts is what a read-committed consumer sees.
 */
package io.millrace.tests.faults;
