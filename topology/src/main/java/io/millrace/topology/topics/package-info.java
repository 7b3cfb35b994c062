/** The topics an application needs: what they should be, what is there, and what to make of the difference. */
package io.millrace.topology.topics;
