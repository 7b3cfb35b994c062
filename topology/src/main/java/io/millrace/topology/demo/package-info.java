/** A whole cluster on one machine: the embedded broker, in a process of its own. */
package io.millrace.topology.demo;
