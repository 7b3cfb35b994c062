/** How long a death is felt: from kill -9 to the first score that can be read, and how fast stores are restored. */
package io.millrace.tests.faults.recovery;
