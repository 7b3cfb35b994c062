/** Settings: default, then file, then environment, then command line; checked all at once before anything is opened. */
package io.millrace.topology.config;
