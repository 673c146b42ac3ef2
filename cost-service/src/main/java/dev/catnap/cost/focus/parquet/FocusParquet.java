package dev.catnap.cost.focus.parquet;

import dev.catnap.cost.focus.FocusColumn;
import dev.catnap.cost.focus.FocusRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows as an Apache Parquet file (format version 1) in one pass: row groups of at most 20000
 * rows, a page a column, PLAIN and gzip, which every reader knows.
 *
 * <p>Why own code: the libraries that write Parquet for Java bring Hadoop's classes along, many
 * times the size of this service; what a flat file needs of the format is small, and a reader by
 * others checks it in the build.
 */
public final class FocusParquet {
  static final int ROWS_A_GROUP = 20_000;

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int GZIP = 2;

  private final List<FocusColumn> columns;
  private final OutputStream out;
  private final List<Group> groups = new ArrayList<>();
  private long offset;

  private record Chunk(FocusColumn column, long at, long size, long uncompressed, int values) {}

  private record Group(List<Chunk> chunks, int rows) {
    long size() {
      return chunks.stream().mapToLong(Chunk::uncompressed).sum();
    }
  }

  private FocusParquet(List<FocusColumn> columns, OutputStream out) {
    this.columns = columns;
    this.out = out;
  }

  /** Writes the whole file; leaves {@code out} open. */
  public static void write(List<FocusColumn> columns, List<FocusRow> rows, OutputStream out)
      throws IOException {
    FocusParquet file = new FocusParquet(columns, out);
    file.put(MAGIC);
    for (int from = 0; from < rows.size(); from += ROWS_A_GROUP) {
      file.group(rows.subList(from, Math.min(rows.size(), from + ROWS_A_GROUP)));
    }
    file.finish(rows.size());
  }

  private void group(List<FocusRow> rows) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (FocusColumn column : columns) {
      ColumnPage page = ColumnPage.of(column, rows);
      chunks.add(
          new Chunk(column, offset, page.bytes().length, page.uncompressed(), page.values()));
      put(page.bytes());
    }
    groups.add(new Group(chunks, rows.size()));
  }

  private void finish(int rows) throws IOException {
    ThriftWriter meta = new ThriftWriter();
    List<Integer> schema = new ArrayList<>();
    for (int i = -1; i < columns.size(); i++) {
      schema.add(i);
    }
    meta.i32(1, 1)
        .structs(2, schema, this::element)
        .i64(3, rows)
        .structs(4, groups, FocusParquet::group)
        .text(6, "catnap")
        .end();
    byte[] footer = meta.toBytes();
    put(footer);
    put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).array());
    put(MAGIC);
  }

  /** The element before the first column is the root. */
  private void element(ThriftWriter meta, int index) {
    if (index < 0) {
      meta.text(4, "focus").i32(5, columns.size());
      return;
    }
    FocusColumn column = columns.get(index);
    ColumnType type = ColumnType.valueOf(column.type().name());
    meta.i32(1, type.physical());
    if (type == ColumnType.DECIMAL) {
      meta.i32(2, ColumnType.DECIMAL_BYTES);
    }
    meta.i32(3, column.nullable() ? 1 : 0).text(4, column.name());
    type.describe(meta, column.scale());
  }

  private static void group(ThriftWriter meta, Group group) {
    meta.structs(1, group.chunks(), FocusParquet::chunk).i64(2, group.size()).i64(3, group.rows());
  }

  private static void chunk(ThriftWriter meta, Chunk chunk) {
    int physical = ColumnType.valueOf(chunk.column().type().name()).physical();
    meta.i64(2, chunk.at())
        .struct(
            3,
            () ->
                meta.i32(1, physical)
                    .i32s(2, List.of(0, 3))
                    .texts(3, List.of(chunk.column().name()))
                    .i32(4, GZIP)
                    .i64(5, chunk.values())
                    .i64(6, chunk.uncompressed())
                    .i64(7, chunk.size())
                    .i64(9, chunk.at()));
  }

  private void put(byte[] bytes) throws IOException {
    out.write(bytes);
    offset += bytes.length;
  }
}
