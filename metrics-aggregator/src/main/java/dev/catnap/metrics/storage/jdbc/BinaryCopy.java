package dev.catnap.metrics.storage.jdbc;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.Oid;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Rows for {@code COPY ... (FORMAT binary)}, the fastest way in: nothing is parsed on the other
 * side. Each {@link #row} is followed by as many values as it says, in the order and of the types
 * of the table's columns.
 *
 * <p>The format is described under COPY in PostgreSQL's manual: a signature, flags and the length
 * of an extension (none of both); of each row the number of its columns, of each column its length
 * and its value as the type's receive function wants it.
 */
public final class BinaryCopy {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final short END = -1;

  /** In place of the length of a value. */
  private static final int NONE = -1;

  /** Its times count from the beginning of 2000. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private static final int FIRST_SIZE = 1 << 16;

  private static final BigInteger GROUP = BigInteger.valueOf(10_000);
  private static final int BITS_OF_A_GROUP = 13;
  private static final int NUMERIC_HEAD = 4;
  private static final int ARRAY_HEAD = 5;

  private ByteBuffer bytes = ByteBuffer.allocate(FIRST_SIZE);

  public BinaryCopy() {
    bytes.put(SIGNATURE).putInt(0).putInt(0);
  }

  /** With room for that many bytes more. */
  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      int size = Math.max(2 * bytes.capacity(), bytes.position() + more);
      bytes = ByteBuffer.allocate(size).put(bytes.flip());
    }
    return bytes;
  }

  public BinaryCopy row(int columns) {
    room(Short.BYTES).putShort((short) columns);
    return this;
  }

  public BinaryCopy uuid(UUID value) {
    room(Integer.BYTES + 2 * Long.BYTES)
        .putInt(2 * Long.BYTES)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits());
    return this;
  }

  /** A {@code timestamptz}, cut to the microsecond. */
  public BinaryCopy instant(Instant value) {
    return bigint(Times.micros(value) - EPOCH_MICROS);
  }

  public BinaryCopy bigint(long value) {
    room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
    return this;
  }

  public BinaryCopy smallint(int value) {
    room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort((short) value);
    return this;
  }

  /** A {@code double precision}. */
  public BinaryCopy number(double value) {
    room(Integer.BYTES + Double.BYTES).putInt(Double.BYTES).putDouble(value);
    return this;
  }

  /**
   * A whole {@code numeric}.
   *
   * @param value at least 0
   */
  public BinaryCopy numeric(BigInteger value) {
    // Groups of four decimal digits, the last one first.
    short[] groups = new short[value.bitLength() / BITS_OF_A_GROUP + 1];
    int count = 0;
    BigInteger rest = value;
    while (rest.bitLength() >= Long.SIZE) {
      BigInteger[] divided = rest.divideAndRemainder(GROUP);
      groups[count++] = divided[1].shortValue();
      rest = divided[0];
    }
    for (long low = rest.longValue(); low > 0; low /= GROUP.longValue()) {
      groups[count++] = (short) (low % GROUP.longValue());
    }
    ByteBuffer to = room(Integer.BYTES + (NUMERIC_HEAD + count) * Short.BYTES);
    to.putInt((NUMERIC_HEAD + count) * Short.BYTES);
    // How many there are, the place of the first, no sign, no digits behind the point.
    to.putShort((short) count)
        .putShort((short) (count - 1))
        .putShort((short) 0)
        .putShort((short) 0);
    while (count > 0) {
      to.putShort(groups[--count]);
    }
    return this;
  }

  /** An {@code integer[]} of one dimension, with at least one element. */
  public BinaryCopy integers(int[] values) {
    int length = (ARRAY_HEAD + 2 * values.length) * Integer.BYTES;
    ByteBuffer to = room(Integer.BYTES + length).putInt(length);
    // Dimensions, no NULL in it, the type of an element, how many there are, the first one's
    // number.
    to.putInt(1).putInt(0).putInt(Oid.INT4).putInt(values.length).putInt(1);
    for (int value : values) {
      to.putInt(Integer.BYTES).putInt(value);
    }
    return this;
  }

  public BinaryCopy text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    room(Integer.BYTES + encoded.length).putInt(encoded.length).put(encoded);
    return this;
  }

  /** As {@link #bigint}, or NULL. */
  public BinaryCopy bigintOrNull(@Nullable Long value) {
    return value == null ? none() : bigint(value);
  }

  /** As {@link #number}, or NULL. */
  public BinaryCopy numberOrNull(@Nullable Double value) {
    return value == null ? none() : number(value);
  }

  /** As {@link #instant}, or NULL. */
  public BinaryCopy instantOrNull(@Nullable Instant value) {
    return value == null ? none() : instant(value);
  }

  /** As {@link #text}, or NULL. */
  public BinaryCopy textOrNull(@Nullable String value) {
    return value == null ? none() : text(value);
  }

  private BinaryCopy none() {
    room(Integer.BYTES).putInt(NONE);
    return this;
  }

  public BinaryCopy bool(boolean value) {
    room(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  /**
   * Puts the rows into a table, in the transaction that is going on; nothing can follow.
   *
   * @param table its name, and in brackets the columns where not all of them are there
   */
  public void into(JdbcTemplate jdbc, String table) {
    room(Short.BYTES).putShort(END);
    Long unused = jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, table));
  }

  /**
   * As {@link #into}, where a row with its key may be there already.
   *
   * @return false when one was: then none is put in, and the transaction can go on
   */
  public boolean intoUnlessThere(JdbcTemplate jdbc, String table) {
    room(Short.BYTES).putShort(END);
    return UniqueAttempt.at(jdbc, connection -> copy(connection, table));
  }

  private long copy(Connection connection, String table) throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
    try {
      copy.writeToCopy(bytes.array(), 0, bytes.position());
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
