/**
 * Avro records of the users' own: wire formats tell which schema wrote the bytes, and a plan made once for each such schema takes
 * the mapped fields out of them.
 */
package io.millrace.serde.avro;
