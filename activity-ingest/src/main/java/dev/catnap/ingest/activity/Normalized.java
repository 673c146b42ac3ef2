package dev.catnap.ingest.activity;

import dev.catnap.events.Activity;

/** What became of one report. */
public sealed interface Normalized {
  record Accepted(Activity activity) implements Normalized {}

  record Rejected(Rejection rejection) implements Normalized {}
}
