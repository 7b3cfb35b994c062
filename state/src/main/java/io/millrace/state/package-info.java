/**
 * What survives an event: stores and their typed faces. A key's bytes enter, its {@code KeyState} leaves, and back. No
 * mathematics happens here, and nothing is held in memory that a commit does not cover.
 */
package io.millrace.state;
