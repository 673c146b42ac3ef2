package dev.catnap.cost.pricing.jpa;

import java.util.List;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.ListCrudRepository;

/** Versions of rate cards in PostgreSQL. */
interface RateVersionRepository extends ListCrudRepository<RateVersionRow, Long> {
  List<RateVersionRow> findAllByOrderByVersion();

  /** Numbers of removed cards are not given again. */
  @Query("SELECT coalesce(max(v.card), 0) FROM RateVersionRow v")
  long highestCard();

  /** Until the transaction ends nobody else records; reading goes on. */
  @Modifying
  @Query(value = "LOCK TABLE rate_card_version IN SHARE ROW EXCLUSIVE MODE", nativeQuery = true)
  void lock();
}
