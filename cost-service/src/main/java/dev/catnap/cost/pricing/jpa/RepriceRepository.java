package dev.catnap.cost.pricing.jpa;

import java.util.List;
import org.springframework.data.repository.ListCrudRepository;

/** Reprices in PostgreSQL. */
interface RepriceRepository extends ListCrudRepository<RepriceRow, Long> {
  List<RepriceRow> findAllByOrderById();
}
