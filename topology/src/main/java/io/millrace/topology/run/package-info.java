/** The life of the application: start, readiness, graceful stop, and the exit code that says how it ended. */
package io.millrace.topology.run;
