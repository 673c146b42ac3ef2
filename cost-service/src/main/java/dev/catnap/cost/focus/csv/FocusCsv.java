package dev.catnap.cost.focus.csv;

import dev.catnap.cost.focus.FocusColumn;
import dev.catnap.cost.focus.FocusColumns;
import dev.catnap.cost.focus.FocusRow;
import dev.catnap.cost.focus.FocusVersion;
import dev.catnap.cost.report.Csv;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Rows as lines in UTF-8. */
public final class FocusCsv {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final FocusVersion version;
  private final List<FocusColumn> columns;

  public FocusCsv(FocusVersion version) {
    this.version = version;
    this.columns = FocusColumns.of(version);
  }

  public FocusVersion version() {
    return version;
  }

  /** The line before the first row. */
  public byte[] header() {
    return Csv.line(columns.stream().map(FocusColumn::name).toList())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The lines of rows, in their order. */
  public DeflatedLines lines(Collection<FocusRow> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (Writer out =
        new OutputStreamWriter(
            new DeflaterOutputStream(bytes, fast, BUFFER_BYTES), StandardCharsets.UTF_8)) {
      StringBuilder line = new StringBuilder();
      for (FocusRow row : rows) {
        line.setLength(0);
        append(line, row);
        out.append(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fast.end();
    }
    return new DeflatedLines(bytes.toByteArray());
  }

  private void append(StringBuilder line, FocusRow row) {
    for (FocusColumn column : columns) {
      Csv.append(line, column.value().apply(row));
      line.append(',');
    }
    Csv.endLine(line);
  }
}
