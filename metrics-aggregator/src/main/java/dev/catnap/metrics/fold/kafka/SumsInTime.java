package dev.catnap.metrics.fold.kafka;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * When sums are computed that a fold only marked. While the tables have caught up with the log each
 * fold computes its own. While they are behind, a minute's records come in several batches, and
 * computing its sums, its hour's and its day's with each of them would cost more than all the rest:
 * then each reader computes those of its own services every two seconds, and at the end. Others'
 * services it would only wait for.
 */
final class SumsInTime {
  private static final long AT_LEAST_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What one reader marked. */
  private static final class Share {
    final Set<String> services = new HashSet<>();
    long rolledAtNanos = System.nanoTime();
  }

  private final Consumer<Collection<String>> rollUp;
  private final Runnable rollUpAll;
  private final ThreadLocal<Share> shares = ThreadLocal.withInitial(Share::new);

  /** At start a former process may have left some. */
  private final AtomicBoolean left = new AtomicBoolean(true);

  /**
   * @param rollUp computes the sums of some services
   * @param rollUpAll and of all
   */
  SumsInTime(Consumer<Collection<String>> rollUp, Runnable rollUpAll) {
    this.rollUp = rollUp;
    this.rollUpAll = rollUpAll;
  }

  /** Others may have left some: the partitions that are read are no longer the same. */
  void othersMayHaveLeftSome() {
    left.set(true);
  }

  /**
   * @param services of which something was folded
   * @param andRolledUp whether that fold computed its sums
   */
  void folded(Collection<String> services, boolean andRolledUp) {
    Share share = shares.get();
    if (andRolledUp) {
      services.forEach(share.services::remove);
    } else {
      share.services.addAll(services);
    }
    if (System.nanoTime() - share.rolledAtNanos >= AT_LEAST_EVERY_NANOS) {
      roll(share);
    }
  }

  void idle() {
    roll(shares.get());
  }

  private void roll(Share share) {
    share.rolledAtNanos = System.nanoTime();
    if (left.getAndSet(false)) {
      rollAll();
      share.services.clear();
    } else if (!share.services.isEmpty()) {
      rollUp.accept(share.services);
      share.services.clear();
    }
  }

  private void rollAll() {
    try {
      rollUpAll.run();
    } catch (RuntimeException e) {
      left.set(true);
      throw e;
    }
  }
}
