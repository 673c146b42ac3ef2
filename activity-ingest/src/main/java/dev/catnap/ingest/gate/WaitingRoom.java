package dev.catnap.ingest.gate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait until a service is awake. Bounded for each service and in total.
 *
 * <p>Who enters must look at the state once more afterwards: a change between the first look and
 * the entering has told nobody.
 */
public final class WaitingRoom {
  private final int perService;
  private final int inTotal;
  private final Semaphore places;
  private final ConcurrentHashMap<String, ServiceRoom> rooms = new ConcurrentHashMap<>();

  private volatile @Nullable Function<Waiter, Verdict> closing;

  /** The waiters of one service; there for as long as the service was ever waited for. */
  private record ServiceRoom(
      Semaphore places, ConcurrentHashMap.KeySetView<Waiter, Boolean> waiters) {}

  public WaitingRoom(int perService, int inTotal) {
    this.perService = perService;
    this.inTotal = inTotal;
    this.places = new Semaphore(inTotal);
  }

  /**
   * Who gets a place must {@link #leave} it.
   *
   * @return null when it is full
   */
  public @Nullable Waiter enter(String service, Instant arrivedAt) {
    ServiceRoom room = roomOf(service);
    if (!places.tryAcquire()) {
      return null;
    }
    if (!room.places().tryAcquire()) {
      places.release();
      return null;
    }
    Waiter waiter = new Waiter(service, arrivedAt, new CompletableFuture<>());
    room.waiters().add(waiter);
    Function<Waiter, Verdict> atTheEnd = closing;
    if (atTheEnd != null) {
      waiter.verdict().complete(atTheEnd.apply(waiter));
    }
    return waiter;
  }

  /** Gives the place back. To be called once. */
  public void leave(Waiter waiter) {
    ServiceRoom room = roomOf(waiter.service());
    room.waiters().remove(waiter);
    room.places().release();
    places.release();
  }

  /**
   * Lets those go whom a change settles.
   *
   * @param verdictFor null for who has to wait on
   */
  public void tell(String service, Function<Waiter, @Nullable Verdict> verdictFor) {
    ServiceRoom room = rooms.get(service);
    if (room == null) {
      return;
    }
    for (Waiter waiter : room.waiters()) {
      Verdict verdict = verdictFor.apply(waiter);
      if (verdict != null) {
        waiter.verdict().complete(verdict);
      }
    }
  }

  /** Lets everybody go with the same verdict, whoever enters later as well. */
  public void close(Function<Waiter, Verdict> verdictFor) {
    closing = verdictFor;
    rooms.keySet().forEach(service -> tell(service, verdictFor::apply));
  }

  /** How many wait now. */
  public int held() {
    return inTotal - places.availablePermits();
  }

  /** The services for which somebody has waited since then or longer. */
  public List<String> waitedForSince(Instant then) {
    return rooms.entrySet().stream()
        .filter(room ->
            room.getValue().waiters().stream()
                .anyMatch(waiter -> !waiter.arrivedAt().isAfter(then)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private ServiceRoom roomOf(String service) {
    return rooms.computeIfAbsent(
        service, name -> new ServiceRoom(new Semaphore(perService), ConcurrentHashMap.newKeySet()));
  }
}
