/** An application with an event mapper of its own. */
package io.millrace.examples;
