/**
 * Bytes to objects and back. Bytes from outside enter here and are checked before they are believed; what does not pass
 * leaves as an exception that names the field, never as a half-read object.
 */
package io.millrace.serde;
