package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.CompactSums;
import dev.catnap.cost.ledger.KeptParts;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.PostingName;
import dev.catnap.cost.ledger.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Sums of booked parts of time by item, read where they are not kept. */
final class KeptItems {
  /** Beyond that many the names are forgotten; the same one twice is only two postings. */
  private static final int MOST_NAMES = 50_000;

  private final Map<PostingName, PostingName> names = new ConcurrentHashMap<>();
  private final KeptParts<Span, CompactSums> kept;

  /**
   * @param mostBytes that are kept, about
   */
  KeptItems(long mostBytes) {
    this.kept = new KeptParts<>(mostBytes, CompactSums::bytes);
  }

  /**
   * The sum of all parts, as of one time.
   *
   * @param changes of each part
   */
  List<Posting> sum(
      List<Span> parts, Map<Span, Long> changes, Function<Span, List<Posting>> read, Instant at) {
    CompactSums.Sum sum = new CompactSums.Sum();
    List<Posting> others = new ArrayList<>();
    for (Span part : parts) {
      long change = Objects.requireNonNull(changes.get(part));
      CompactSums known = kept.find(part, change);
      if (known != null) {
        sum.add(known);
        continue;
      }
      List<Posting> postings = read.apply(part);
      Optional<CompactSums> compact = CompactSums.of(postings, this::shared);
      if (compact.isPresent()) {
        kept.keep(part, change, compact.get());
        sum.add(compact.get());
      } else {
        postings.forEach(posting -> others.add(posting.at(at)));
      }
    }
    others.addAll(sum.postings(at));
    return others;
  }

  private PostingName shared(PostingName name) {
    if (names.size() > MOST_NAMES) {
      names.clear();
    }
    PostingName known = names.putIfAbsent(name, name);
    return known == null ? name : known;
  }
}
