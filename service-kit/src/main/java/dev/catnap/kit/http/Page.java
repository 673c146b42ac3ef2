package dev.catnap.kit.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor asks for the part that follows; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Pages a list held in memory, in the order of its keys. An item added or removed between two
   * pages neither repeats nor hides another.
   *
   * @param key different for each item
   */
  public static <T> Page<T> of(Collection<T> all, Function<T, String> key, PageQuery query) {
    String after = query.after();
    List<T> found =
        all.stream()
            .filter(item -> after == null || key.apply(item).compareTo(after) > 0)
            .sorted(Comparator.comparing(key))
            .limit(query.limit() + 1L)
            .toList();
    return ofOneMore(found, key, query);
  }

  /**
   * Pages what a query fetched.
   *
   * @param found at most {@code limit + 1} items whose keys come after {@link PageQuery#after()},
   *     in order; the one too many tells that there is a next page
   */
  public static <T> Page<T> ofOneMore(List<T> found, Function<T, String> key, PageQuery query) {
    if (found.size() <= query.limit()) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, query.limit());
    return new Page<>(items, PageQuery.cursorAt(key.apply(items.getLast())));
  }

  public <R> Page<R> map(Function<T, R> each) {
    return new Page<>(items.stream().map(each).toList(), nextCursor);
  }
}
