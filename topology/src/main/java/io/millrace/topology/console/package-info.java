/** What a command tells people while it works; all of it on stderr, for stdout belongs to the result. */
package io.millrace.topology.console;
