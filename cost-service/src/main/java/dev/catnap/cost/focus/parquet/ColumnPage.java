package dev.catnap.cost.focus.parquet;

import dev.catnap.cost.focus.FocusColumn;
import dev.catnap.cost.focus.FocusRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The values of one column of a row group: one data page, PLAIN, compressed with gzip.
 *
 * @param bytes header and page as they go into the file
 * @param uncompressed their size were the page not compressed
 */
record ColumnPage(FocusColumn column, byte[] bytes, int uncompressed, int values) {
  private static final int PLAIN = 0;
  private static final int RLE = 3;

  static ColumnPage of(FocusColumn column, List<FocusRow> rows) {
    ByteArrayOutputStream present = new ByteArrayOutputStream();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Runs runs = new Runs(present);
    ColumnType type = ColumnType.valueOf(column.type().name());
    for (FocusRow row : rows) {
      Object value = column.value().apply(row);
      runs.add(value != null);
      if (value != null) {
        type.write(value, column.scale(), data);
      }
    }
    runs.finish();
    return page(
        column, column.nullable() ? joined(present, data) : data.toByteArray(), rows.size());
  }

  /** Which rows have a value, with its length before it, then the values. */
  private static byte[] joined(ByteArrayOutputStream present, ByteArrayOutputStream data) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    page.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(present.size()).array());
    page.writeBytes(present.toByteArray());
    page.writeBytes(data.toByteArray());
    return page.toByteArray();
  }

  private static ColumnPage page(FocusColumn column, byte[] plain, int values) {
    byte[] packed = gzip(plain);
    ThriftWriter header = new ThriftWriter();
    header
        .i32(1, 0)
        .i32(2, plain.length)
        .i32(3, packed.length)
        .struct(5, () -> header.i32(1, values).i32(2, PLAIN).i32(3, RLE).i32(4, RLE))
        .end();
    byte[] head = header.toBytes();
    ByteBuffer all = ByteBuffer.allocate(head.length + packed.length).put(head).put(packed);
    return new ColumnPage(column, all.array(), head.length + plain.length, values);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Definition levels of one bit, as runs of equal ones. */
  private static final class Runs {
    private final ByteArrayOutputStream out;
    private boolean level;
    private int length;

    Runs(ByteArrayOutputStream out) {
      this.out = out;
    }

    void add(boolean next) {
      if (length > 0 && next != level) {
        finish();
      }
      level = next;
      length++;
    }

    void finish() {
      int header = length << 1;
      while (header > 0x7f) {
        out.write((header & 0x7f) | 0x80);
        header >>>= 7;
      }
      out.write(header);
      out.write(level ? 1 : 0);
      length = 0;
    }
  }
}
