package dev.catnap.ingest.activity;

import dev.catnap.events.Activity;
import java.util.ArrayList;
import java.util.List;

/** What one delivery of reports comes to: received = accepted + rejected. */
public final class Intake {
  /**
   * @param line where it stood in the delivery, from 1
   */
  public record RejectedLine(int line, Rejection rejection) {}

  private final List<Activity> accepted = new ArrayList<>();
  private final List<RejectedLine> rejected = new ArrayList<>();

  public void add(int line, Normalized outcome) {
    switch (outcome) {
      case Normalized.Accepted(Activity activity) -> accepted.add(activity);
      case Normalized.Rejected(Rejection rejection) ->
          rejected.add(new RejectedLine(line, rejection));
    }
  }

  /** In the order they came. */
  public List<Activity> accepted() {
    return accepted;
  }

  public List<RejectedLine> rejected() {
    return rejected;
  }

  public int size() {
    return accepted.size() + rejected.size();
  }
}
