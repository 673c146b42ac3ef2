package dev.catnap.cost.pricing.jpa;

import java.util.List;
import org.springframework.data.repository.ListCrudRepository;

/** Rate cards in PostgreSQL. */
interface RateCardRepository extends ListCrudRepository<RateCard, Long> {
  List<RateCard> findAllByOrderByValidFrom();
}
