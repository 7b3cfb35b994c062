/**
 * The merge stage: the workers' updates enter, versions of the weights leave. What goes bad is dropped or rolled back here, before any
 * scorer sees it or within a few versions.
 */
package io.millrace.topology.merge;
