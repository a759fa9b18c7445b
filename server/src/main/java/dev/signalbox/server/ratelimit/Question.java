package dev.signalbox.server.ratelimit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request's descriptors come to: buckets to ask for, and what needs no asking. */
final class Question {
  private final String domain;
  private final Map<String, Bucket> byName = new LinkedHashMap<>();
  private final List<Known> descriptors = new ArrayList<>();
  private final List<Bucket> buckets;
  private final List<List<Bucket>> acquires;

  /** How a descriptor's status will be known: from the bucket, or already. */
  private record Known(@Nullable Bucket bucket, Verdict.Status status) {}

  Question(LimitRules rules, String domain, List<Descriptor> asked) {
    this.domain = domain;
    asked.forEach(descriptor -> add(rules, descriptor));
    this.buckets = List.copyOf(byName.values());
    this.acquires = acquiresOf(buckets);
  }

  private void add(LimitRules rules, Descriptor descriptor) {
    LimitRule rule = rules.match(domain, descriptor.entries());
    Limit override = rules.knows(domain) ? descriptor.override() : null;
    Limit limit = override != null ? override : rule == null ? null : rule.limit();
    Tally shadow = override == null && rule != null && rule.shadow() ? rule.tally() : null;
    if (limit == null) {
      descriptors.add(new Known(null, Verdict.Status.FREE));
    } else if (limit.isClosed()) {
      descriptors.add(new Known(null, Verdict.Status.closed(limit, shadow == null)));
      countClosed(shadow);
    } else {
      descriptors.add(new Known(bucket(descriptor, override, limit, shadow), Verdict.Status.FREE));
    }
  }

  private static void countClosed(@Nullable Tally shadow) {
    if (shadow != null) {
      shadow.count(true);
    }
  }

  private Bucket bucket(
      Descriptor descriptor, @Nullable Limit override, Limit limit, @Nullable Tally shadow) {
    String name = BucketName.of(domain, descriptor.entries(), override);
    Bucket bucket = byName.computeIfAbsent(name, unknown -> new Bucket(name, limit, shadow));
    bucket.add(descriptor.hits());
    return bucket;
  }

  /** One acquire for all that are in force, unless that cannot succeed; one for each other. */
  private List<List<Bucket>> acquiresOf(Collection<Bucket> all) {
    List<List<Bucket>> lists = new ArrayList<>();
    List<Bucket> inForce = all.stream().filter(bucket -> bucket.shadow == null).toList();
    boolean closed = descriptors.stream().anyMatch(known -> known.status().over());
    if (!inForce.isEmpty() && !closed && inForce.stream().allMatch(Bucket::canEverPass)) {
      lists.add(inForce);
    }
    all.stream()
        .filter(bucket -> bucket.shadow != null && bucket.canEverPass())
        .forEach(bucket -> lists.add(List.of(bucket)));
    return lists;
  }

  /** Everything that is asked for; empty if all is known already. */
  List<Bucket> buckets() {
    return buckets;
  }

  /** What is acquired together, an acquire each. */
  List<List<Bucket>> acquires() {
    return acquires;
  }

  /** The verdict, once the buckets know what has become of them. */
  Verdict verdict() {
    buckets.forEach(Question::countShadow);
    Bucket scarcest = scarcest();
    List<Verdict.Status> statuses = new ArrayList<>();
    for (Known known : descriptors) {
      Bucket bucket = known.bucket();
      boolean over = bucket != null && (isOver(bucket) || bucket.equals(scarcest));
      statuses.add(bucket == null ? known.status() : bucket.status(over));
    }
    return new Verdict(statuses);
  }

  private static void countShadow(Bucket bucket) {
    if (bucket.shadow != null) {
      bucket.shadow.count(!bucket.granted);
    }
  }

  private static boolean isOver(Bucket bucket) {
    return bucket.shadow == null && !bucket.granted && bucket.missing() > 0;
  }

  /**
   * The bucket with the least to spare, where the all-of was refused although each had enough:
   * somebody else waits in line there, who is not to be overtaken (A3). Null otherwise.
   */
  private @Nullable Bucket scarcest() {
    Bucket scarcest = null;
    for (Bucket bucket : acquires.isEmpty() ? List.<Bucket>of() : acquires.get(0)) {
      if (bucket.shadow != null || bucket.granted || isOver(bucket)) {
        return null;
      }
      scarcest = scarcest == null || bucket.missing() > scarcest.missing() ? bucket : scarcest;
    }
    return scarcest;
  }
}
