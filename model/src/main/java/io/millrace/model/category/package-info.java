/**
 * Texts to the ids of categories: texts enter, ids from 0, the unknown, to V - 1 leave. An id never changes its text; a vocabulary only
 * grows, and every instance has the same one.
 */
package io.millrace.model.category;
