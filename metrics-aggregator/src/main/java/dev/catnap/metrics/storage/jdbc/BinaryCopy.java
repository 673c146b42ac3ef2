package dev.catnap.metrics.storage.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
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
  private static final int END = -1;

  /** In place of the length of a value. */
  private static final int NONE = -1;

  /** Its times count from the beginning of 2000. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** Writing into memory does not fail. */
  private interface Write {
    void to(DataOutputStream out) throws IOException;
  }

  public BinaryCopy() {
    write(to -> {
      to.write(SIGNATURE);
      to.writeInt(0);
      to.writeInt(0);
    });
  }

  private BinaryCopy write(Write write) {
    try {
      write.to(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public BinaryCopy row(int columns) {
    return write(to -> to.writeShort(columns));
  }

  public BinaryCopy uuid(UUID value) {
    return write(to -> {
      to.writeInt(2 * Long.BYTES);
      to.writeLong(value.getMostSignificantBits());
      to.writeLong(value.getLeastSignificantBits());
    });
  }

  /** A {@code timestamptz}, cut to the microsecond. */
  public BinaryCopy instant(Instant value) {
    return bigint(Times.micros(value) - EPOCH_MICROS);
  }

  public BinaryCopy bigint(long value) {
    return write(to -> {
      to.writeInt(Long.BYTES);
      to.writeLong(value);
    });
  }

  public BinaryCopy text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    return write(to -> {
      to.writeInt(encoded.length);
      to.write(encoded);
    });
  }

  /** As {@link #bigint}, or NULL. */
  public BinaryCopy bigintOrNull(@Nullable Long value) {
    return value == null ? none() : bigint(value);
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
    return write(to -> to.writeInt(NONE));
  }

  public BinaryCopy bool(boolean value) {
    return write(to -> {
      to.writeInt(1);
      to.writeBoolean(value);
    });
  }

  /**
   * Puts the rows into a table, in the transaction that is going on; nothing can follow.
   *
   * @param table its name, and in brackets the columns where not all of them are there
   */
  public void into(JdbcTemplate jdbc, String table) {
    write(to -> to.writeShort(END));
    Long unused =
        jdbc.execute(
            (ConnectionCallback<Long>)
                connection -> {
                  CopyIn copy =
                      connection
                          .unwrap(PGConnection.class)
                          .getCopyAPI()
                          .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
                  try {
                    byte[] rows = bytes.toByteArray();
                    copy.writeToCopy(rows, 0, rows.length);
                    return copy.endCopy();
                  } finally {
                    if (copy.isActive()) {
                      copy.cancelCopy();
                    }
                  }
                });
  }
}
