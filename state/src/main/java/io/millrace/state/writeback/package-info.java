/** Rows on the heap before they are in RocksDB: which are kept, which have still to be written, and how many there may be. */
package io.millrace.state.writeback;
