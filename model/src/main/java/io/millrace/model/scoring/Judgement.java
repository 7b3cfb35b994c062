package io.millrace.model.scoring;

/**
 * What is said of one event. Score, surprise and prediction are the head's to say:
 *
 * <pre>
 *   head        prediction, made before                    surprise                      score
 *   forecast    [D] means, raw units; 0 for a key's        mean negative log-likelihood  how far the event outdoes
 *               first event                                over the features, bounded    what its key has shown
 *   category    rank from 1, and probability, of the       -log p of that category       the same, of -log p
 *               category that came
 *   binary      probability that the label is 1            -log p of the label           that probability
 *   regression  the label, raw units                       half the squared error, in    how far the error outdoes
 *                                                          the key's units               the key's own
 * </pre>
 *
 * While a label is not known the surprise is 0, and so is the score of a regression.
 *
 * @param score 0 to 1; 1 is most anomalous, or most probable
 * @param surprise nats
 * @param prediction by weights that never saw the event
 * @param known whether what was predicted is known, so that there is a surprise; a label may come later
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
    boolean known,
    long weightsVersion,
    long steps,
    boolean warmup,
    boolean late,
    boolean restarted) {}
