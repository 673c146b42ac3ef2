package dev.catnap.ingest.gate;

import org.jspecify.annotations.Nullable;

/** What a request says of itself, as the gateway passed it on. Each look costs, so look last. */
public interface Caller {
  /**
   * @param name upper and lower case alike
   * @return the first of that name; null: there is none
   */
  @Nullable String header(String name);

  /** What was asked for, without the query; null: the gateway does not say. */
  @Nullable String path();
}
