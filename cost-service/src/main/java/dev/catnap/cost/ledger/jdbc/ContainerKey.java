package dev.catnap.cost.ledger.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A container of a service, in order of both names. */
record ContainerKey(String service, String container) implements Comparable<ContainerKey> {
  static ContainerKey of(ResultSet row) throws SQLException {
    return new ContainerKey(row.getString("service"), row.getString("container"));
  }

  @Override
  public int compareTo(ContainerKey other) {
    int byService = service.compareTo(other.service);
    return byService == 0 ? container.compareTo(other.container) : byService;
  }
}
