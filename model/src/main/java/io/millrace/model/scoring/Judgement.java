package io.millrace.model.scoring;

/**
 * What is said of one event.
 *
 * @param score 0 to 1, 1 is most anomalous
 * @param surprise mean negative log-likelihood over the features: nats, in normalized units, of the event
 *     as the network sees it, bounded
 * @param prediction [F] forecast means, raw units, made before the event was seen; 0 for a key's first event
 * @param weightsVersion that judged
 * @param steps the key remembered before the event
 * @param warmup the key has too little history to trust the score
 * @param late the event is older than the key's last; it was not remembered
 * @param restarted the sequence began anew with this event
 */
public record Judgement(
    double score,
    double surprise,
    double[] prediction,
    long weightsVersion,
    long steps,
    boolean warmup,
    boolean late,
    boolean restarted) {}
