package io.millrace.model.learn.sync;

/** A change and the worker that offers it. */
public record Offer(int worker, Change change) {}
