package io.millrace.tests.workers;

/** A record's key and value. */
record Message(byte[] key, byte[] value) {}
