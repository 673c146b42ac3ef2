package dev.catnap.cost.commitment;

import dev.catnap.cost.ledger.Posting;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Shares one resource of a reservation out for an hour, month of booking by month of booking: what
 * a later month corrects is the difference between the hour with its lines and without. So what was
 * settled when a month was closed stands, and all bookings together are what is right.
 */
final class BookedShares {
  private static final int DECIMALS = 18;

  private final Held whole;
  private final SortedMap<YearMonth, SequencedMap<Key, Posting>> uses = new TreeMap<>();

  /** In order, so that the same uses are shared alike in whatever order they come. */
  private record Key(String service, String container, String host, RunState state, BigDecimal rate)
      implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::service)
            .thenComparing(Key::container)
            .thenComparing(Key::host)
            .thenComparing(Key::state)
            .thenComparing(Key::rate)
            .thenComparing(key -> key.rate().scale());

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Of one use: what is covered, had all been awake, and what that is charged. */
  private record Share(BigDecimal covered, BigDecimal awake, BigDecimal charged) {
    static final Share NONE = new Share(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /**
   * @param whole the resource as if nobody used any
   * @param uses each with the month it is booked in, not before that of the hour
   */
  BookedShares(Held whole, List<Posting> uses) {
    this.whole = whole;
    this.uses.put(whole.booked(), new LinkedHashMap<>());
    for (Posting use : uses) {
      this.uses
          .computeIfAbsent(Objects.requireNonNull(use.booked()), any -> new LinkedHashMap<>())
          .merge(
              new Key(use.service(), use.container(), use.host(), use.state(), use.rate()),
              use,
              (one, other) -> one.plus(other));
    }
  }

  void settle(ReservedHour.Sums sums) {
    if (uses.size() == 1) {
      settleAlone(sums);
    } else {
      settleByMonth(sums);
    }
  }

  /** Where nothing is corrected, as in nearly every hour: what is booked is all there is. */
  private void settleAlone(ReservedHour.Sums sums) {
    List<Map.Entry<Key, Posting>> all = new ArrayList<>(uses.firstEntry().getValue().entrySet());
    all.sort(Map.Entry.comparingByKey());
    List<BigDecimal> covered = cover(all, Posting::quantity);
    List<BigDecimal> awake = cover(all, Posting::awakeQuantity);
    BigDecimal units = BigDecimal.ZERO;
    BigDecimal charged = BigDecimal.ZERO;
    for (int i = 0; i < all.size(); i++) {
      Posting use = all.get(i).getValue();
      Share share = new Share(covered.get(i), awake.get(i), charged(covered.get(i)));
      units = units.add(share.covered());
      charged = charged.add(share.charged());
      sums.drawn(drawn(use, whole.booked(), share, Share.NONE));
    }
    hold(whole.booked(), units, charged, sums);
  }

  private List<BigDecimal> cover(
      List<Map.Entry<Key, Posting>> uses, Function<Posting, BigDecimal> quantity) {
    return Coverage.cover(
        uses.stream().map(use -> quantity.apply(use.getValue())).toList(), whole.units());
  }

  private void settleByMonth(ReservedHour.Sums sums) {
    SequencedMap<Key, Posting> all = new TreeMap<>();
    Map<Key, Share> before = Map.of();
    for (var month : uses.entrySet()) {
      month.getValue().forEach((key, use) -> all.merge(key, use, (one, more) -> one.plus(more)));
      Map<Key, Share> now = shares(all);
      BigDecimal units = BigDecimal.ZERO;
      BigDecimal charged = BigDecimal.ZERO;
      for (var one : all.entrySet()) {
        Key key = one.getKey();
        Posting booked =
            month.getValue().getOrDefault(key, nothing(one.getValue(), month.getKey()));
        Drawn part =
            drawn(
                booked,
                month.getKey(),
                now.getOrDefault(key, Share.NONE),
                before.getOrDefault(key, Share.NONE));
        units = units.add(part.covered());
        charged = charged.add(part.charged());
        sums.drawn(part);
      }
      hold(month.getKey(), units, charged, sums);
      before = now;
    }
  }

  private void hold(YearMonth month, BigDecimal units, BigDecimal charged, ReservedHour.Sums sums) {
    boolean first = month.equals(whole.booked());
    if (whole.units().signum() == 0) {
      return;
    }
    BigDecimal held = first ? whole.units() : BigDecimal.ZERO;
    BigDecimal amount = first ? whole.amount() : BigDecimal.ZERO;
    sums.held(
        new Held(
            whole.of(),
            whole.resource(),
            whole.day(),
            month,
            whole.listRate(),
            held,
            amount,
            held.subtract(units),
            amount.subtract(charged)));
  }

  /** Nothing of it was booked in the month, but its share may be another. */
  private Posting nothing(Posting any, YearMonth month) {
    return any.of(whole.day(), month, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  private Drawn drawn(Posting booked, YearMonth month, Share now, Share before) {
    return new Drawn(
        whole.of(),
        booked.of(whole.day(), month, booked.quantity(), booked.awakeQuantity()),
        now.covered().subtract(before.covered()),
        now.awake().subtract(before.awake()),
        now.charged().subtract(before.charged()));
  }

  private Map<Key, Share> shares(SequencedMap<Key, Posting> all) {
    List<Map.Entry<Key, Posting>> entries = List.copyOf(all.entrySet());
    List<BigDecimal> covered = cover(entries, Posting::quantity);
    List<BigDecimal> awake = cover(entries, Posting::awakeQuantity);
    Map<Key, Share> shares = new LinkedHashMap<>();
    int i = 0;
    for (Key key : all.keySet()) {
      shares.put(key, new Share(covered.get(i), awake.get(i), charged(covered.get(i))));
      i++;
    }
    return shares;
  }

  private BigDecimal charged(BigDecimal covered) {
    return whole.units().signum() == 0
        ? BigDecimal.ZERO
        : whole.amount().multiply(covered).divide(whole.units(), DECIMALS, RoundingMode.DOWN);
  }
}
