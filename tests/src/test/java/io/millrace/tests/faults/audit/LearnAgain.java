package io.millrace.tests.faults.audit;

import io.millrace.model.kernel.ScalarKernel;
import io.millrace.model.learn.CutWindow;
import io.millrace.model.learn.Learner;
import io.millrace.model.learn.sync.BrokenSequenceException;
import io.millrace.model.learn.sync.Change;
import io.millrace.model.learn.sync.MergedWeights;
import io.millrace.model.learn.sync.Offer;
import io.millrace.model.learn.sync.Replica;
import io.millrace.model.learn.sync.ReplicaSettings;
import io.millrace.topology.learn.LearnSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The only worker's windows learned once more, one by one, and cut where its updates were: each update must come out bit for bit. */
final class LearnAgain {
  private static final int ONLY_WORKER = 0;

  /** The worker waited for weights where it had to; here an update may be read before them. */
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final Findings findings;
  private final Learner learner;

  LearnAgain(LearnSettings settings, MergedWeights initial, Findings findings) {
    this.findings = findings;
    this.learner = new Learner(
        new Replica(
            ONLY_WORKER, new ReplicaSettings(settings.replica().optimizer(), NO_LIMIT), initial),
        new ScalarKernel().backpropagation(settings.spec()));
  }

  /** @param windows that the update says it holds, in the order of their offsets */
  void update(Offer update, List<CutWindow> windows) {
    windows.forEach(window -> learner.learn(List.of(window.steps())));
    Optional<Change> again = learner.replica().cut();
    if (again.isEmpty() || !Arrays.equals(again.get().delta(), update.change().delta())) {
      findings.mismatch("update differs from its windows learned again: worker=" + update.worker()
          + ", sequence=" + update.change().sequence() + ", windows=" + windows.size());
    }
  }

  void version(MergedWeights weights) {
    try {
      learner.replica().rebase(weights);
    } catch (BrokenSequenceException e) {
      findings.mismatch("replica learned again does not follow: " + e.getMessage());
    }
  }
}
