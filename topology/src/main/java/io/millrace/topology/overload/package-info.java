/**
 * Who goes first when there is more to do than can be done: events are scored, windows wait in their topic. Records only pass
 * through; nothing is scored or learned here. See docs/overload.md.
 */
package io.millrace.topology.overload;
