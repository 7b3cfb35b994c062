/**
 * Schemas by their id, from any registry that speaks the Confluent REST API, and the wire format that carries such ids. What the
 * registry does not know is a bad event; a registry that cannot be asked is nobody's fault but stops the task.
 */
package io.millrace.serde.registry;
