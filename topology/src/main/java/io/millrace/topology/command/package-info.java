/** The command line, one thin class a command. */
package io.millrace.topology.command;
