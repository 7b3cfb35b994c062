/** Events from CSV files: files enter in the order of their names, rows leave one by one with what was wrong in them. */
package io.millrace.topology.csv;
