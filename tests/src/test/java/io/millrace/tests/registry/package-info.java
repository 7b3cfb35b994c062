/** Tests against a registry of others' making, in a process of its own; by {@code -Pregistry} only. */
package io.millrace.tests.registry;
