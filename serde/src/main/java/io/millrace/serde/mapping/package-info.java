/**
 * Users' records to events: a record's bytes enter, a {@code MappedEvent} leaves, or a {@code BadEventException} with its reason.
 * Nothing is remembered here from one event to the next but what their schemas are.
 */
package io.millrace.serde.mapping;
