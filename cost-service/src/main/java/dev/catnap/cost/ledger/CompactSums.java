package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Assumption;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Sums of lines of a part of time in little room. Quantities are whole numbers; they are kept in
 * 128 bits, since a level (63 bits) times the microseconds of a week (40 bits) fits, and that of
 * 500 weeks as well. Exact.
 */
public final class CompactSums {
  /** Leaves room for the sum of some thousand parts. */
  private static final int MOST_BITS = 112;

  private static final int QUANTITIES = 4;

  /** Two for each quantity, high and low, and the microseconds. */
  private static final int WIDTH = 2 * QUANTITIES + 1;

  private static final int ROW_BYTES = Long.BYTES * WIDTH + 2 * Integer.BYTES;

  private final PostingName[] names;
  private final long[] numbers;
  private final int[] assumptions;

  private CompactSums(int rows) {
    this.names = new PostingName[rows];
    this.numbers = new long[rows * WIDTH];
    this.assumptions = new int[rows];
  }

  /**
   * @param postings in which neither time nor month is told apart
   * @param shared the one instance of each name
   * @return empty where a number is not whole or does not fit
   */
  public static Optional<CompactSums> of(
      Collection<Posting> postings, UnaryOperator<PostingName> shared) {
    CompactSums sums = new CompactSums(postings.size());
    int row = 0;
    try {
      for (Posting posting : postings) {
        sums.set(row, posting, shared.apply(PostingName.of(posting)));
        row++;
      }
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
    return Optional.of(sums);
  }

  private void set(int row, Posting posting, PostingName name) {
    names[row] = name;
    assumptions[row] = AssumptionBits.of(posting.assumptions());
    int at = row * WIDTH;
    put(at, posting.quantity());
    put(at + 2, posting.awakeQuantity());
    put(at + 4, posting.reservedQuantity());
    put(at + 6, posting.usedQuantity());
    numbers[at + 2 * QUANTITIES] = posting.micros().longValueExact();
  }

  private void put(int at, BigDecimal number) {
    BigInteger whole = number.toBigIntegerExact();
    if (whole.bitLength() > MOST_BITS) {
      throw new ArithmeticException("too large: " + number);
    }
    numbers[at] = whole.shiftRight(Long.SIZE).longValueExact();
    numbers[at + 1] = whole.longValue();
  }

  /** About how much memory it takes, without the names, which are shared. */
  public long bytes() {
    return (long) names.length * ROW_BYTES;
  }

  /** Adds parts up. */
  public static final class Sum {
    private final Map<PostingName, long[]> rows = new IdentityHashMap<>();

    public void add(CompactSums part) {
      for (int row = 0; row < part.names.length; row++) {
        long[] sum = rows.computeIfAbsent(part.names[row], any -> new long[WIDTH + 1]);
        add(sum, part.numbers, row * WIDTH);
        sum[WIDTH] |= part.assumptions[row];
      }
    }

    private static void add(long[] sum, long[] part, int from) {
      for (int i = 0; i < 2 * QUANTITIES; i += 2) {
        long low = sum[i + 1] + part[from + i + 1];
        int carry = Long.compareUnsigned(low, sum[i + 1]) < 0 ? 1 : 0;
        sum[i] = Math.addExact(sum[i], part[from + i] + carry);
        sum[i + 1] = low;
      }
      sum[2 * QUANTITIES] = Math.addExact(sum[2 * QUANTITIES], part[from + 2 * QUANTITIES]);
    }

    /** What is not nothing, as of one time. */
    public List<Posting> postings(Instant at) {
      List<Posting> postings = new ArrayList<>(rows.size());
      rows.forEach((name, sum) -> {
        if (isSomething(sum)) {
          List<Assumption> assumed = List.copyOf(AssumptionBits.read((int) sum[WIDTH]));
          postings.add(
              name.posting(
                  at,
                  number(sum, 0),
                  number(sum, 2),
                  number(sum, 4),
                  number(sum, 6),
                  BigDecimal.valueOf(sum[2 * QUANTITIES]),
                  assumed));
        }
      });
      return postings;
    }

    private static boolean isSomething(long[] sum) {
      for (int i = 0; i < WIDTH; i++) {
        if (sum[i] != 0) {
          return true;
        }
      }
      return false;
    }

    private static BigDecimal number(long[] sum, int at) {
      long high = sum[at];
      long low = sum[at + 1];
      if (high == low >> (Long.SIZE - 1)) {
        return BigDecimal.valueOf(low);
      }
      BigInteger upper = BigInteger.valueOf(high).shiftLeft(Long.SIZE);
      BigInteger lower = new BigInteger(Long.toUnsignedString(low));
      return new BigDecimal(upper.add(lower));
    }
  }
}
