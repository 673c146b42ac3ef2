package dev.catnap.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.events.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  private static final List<String> CATS = List.of("tom", "felix", "garfield", "zoë");

  private static Page<String> page(List<String> all, int limit, String cursor) {
    return Page.of(all, cat -> cat, new PageQuery(limit, cursor));
  }

  @Test
  void emptyList_isOnePageWithoutNext() {
    assertThat(page(List.of(), 1, null)).isEqualTo(new Page<>(List.of(), null));
  }

  @ParameterizedTest
  @CsvSource({"3, true", "4, false", "5, false"})
  void next_isThereOnlyWhenMoreFollow(int limit, boolean more) {
    assertThat(page(CATS, limit, null).nextCursor() != null).isEqualTo(more);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4"})
  void pages_giveEachItemOnceInOrder(int limit) {
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<String> page = page(CATS, limit, cursor);
      seen.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(seen).containsExactly("felix", "garfield", "tom", "zoë");
  }

  @Test
  void itemRemovedBetweenPages_hidesNoOther() {
    Page<String> first = page(CATS, 2, null);
    assertThat(page(List.of("felix", "tom", "zoë"), 2, first.nextCursor()).items())
        .containsExactly("tom", "zoë");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1001"})
  void limitOutOfRange_isRefused(int limit) {
    assertThatThrownBy(() -> new PageQuery(limit, null))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessage("limit must be a whole number from 1 to 1000, but it is '" + limit + "'");
  }

  @ParameterizedTest
  @CsvSource({"%%%", "dG9t", "x"})
  void foreignCursor_isRefused(String cursor) {
    assertThatThrownBy(() -> new PageQuery(1, cursor)).isInstanceOf(InvalidFieldException.class);
  }
}
