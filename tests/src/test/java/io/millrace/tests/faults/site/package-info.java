/** The processes and topics that faults are done to. */
package io.millrace.tests.faults.site;
