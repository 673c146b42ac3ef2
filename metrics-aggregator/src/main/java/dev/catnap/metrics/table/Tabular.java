package dev.catnap.metrics.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that can be given as a table as well: one row an item. */
public interface Tabular {
  /** The rows, all of one type. */
  List<?> rows();

  /** Where the next page begins; null on the last. */
  @Nullable String nextCursor();
}
