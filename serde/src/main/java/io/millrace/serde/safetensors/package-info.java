/**
 * Weights as files that other frameworks read and write. A file's bytes are checked before they are believed; nothing in here knows
 * Kafka.
 */
package io.millrace.serde.safetensors;
