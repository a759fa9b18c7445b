package dev.signalbox.server.ratelimit;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request's commands, in one entry, so at one moment: each semaphore is made, or brought to its
 * rule, and tells its count; then one all-of takes what the rules in force want (Q2), and each rule
 * in shadow mode takes its own.
 */
final class LimitCheck extends Submission {
  private final Question question;
  private final LimitDecision decision;
  private final Consumer<Submission> giveBack;
  private Result.@Nullable Refused refused;

  private LimitCheck(
      List<Command> commands,
      Question question,
      LimitDecision decision,
      Consumer<Submission> giveBack) {
    super(commands);
    this.question = question;
    this.decision = decision;
    this.giveBack = giveBack;
  }

  static LimitCheck of(Question question, LimitDecision decision, Consumer<Submission> giveBack) {
    List<Command> commands = new ArrayList<>();
    question.buckets().forEach(bucket -> commands.add(request(bucket.create())));
    question.acquires().forEach(part -> commands.add(request(acquire(part))));
    return new LimitCheck(commands, question, decision, giveBack);
  }

  private static Command request(Operation operation) {
    return new Command.Request(null, 0, operation);
  }

  private static Operation acquire(List<Bucket> buckets) {
    List<Operation.Part> parts = buckets.stream().map(Bucket::part).toList();
    return new Operation.Acquire(parts, Operation.Mode.ALL_OF, 0, true, 0);
  }

  @Override
  protected void answered(int index, Outcome.Answer answer) {
    int made = question.buckets().size();
    if (index < made) {
      made(question.buckets().get(index), answer.result());
    } else {
      asked(question.acquires().get(index - made), answer.result());
    }
  }

  private void made(Bucket bucket, Result result) {
    if (result instanceof Result.SemaphoreResult semaphore) {
      bucket.count = semaphore.semaphore().count();
    } else if (bucket.shadow == null) {
      refused = (Result.Refused) result;
    }
  }

  private void asked(List<Bucket> buckets, Result result) {
    if (result instanceof Result.Granted) {
      buckets.forEach(bucket -> bucket.granted = true);
    }
  }

  @Override
  protected void applied() {
    Result.Refused why = refused;
    if (why == null) {
      giveBackLooks();
      decision.decided(question.verdict());
    } else {
      decision.refused(why);
    }
  }

  /** A look has taken one, so that it is judged in the same step as the rest. */
  private void giveBackLooks() {
    List<Command> releases = new ArrayList<>();
    for (Bucket bucket : question.buckets()) {
      if (bucket.looks() && bucket.granted) {
        Operation.Item one = new Operation.Signal(bucket.name, 1);
        releases.add(request(new Operation.Release(List.of(one), List.of())));
      }
    }
    if (!releases.isEmpty()) {
      giveBack.accept(Submission.unanswered(releases));
    }
  }

  @Override
  protected void failed(Failure why) {
    decision.failed(why);
  }
}
