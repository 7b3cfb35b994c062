/** Who may do what on the cluster: the rights that the stages need, whether this user has them, and what a refusal means. Nothing here grants one. */
package io.millrace.topology.access;
