/** Which topics there must be, which are there, and making those that are missing. Nothing here changes or deletes a topic. */
package io.millrace.topology.topics;
