package dev.catnap.policy.catalog;

import java.util.List;

/** What is known of all services together; what one partition alone cannot tell. */
public interface Fleet {
  /** Nobody needs anybody. */
  Fleet NONE =
      new Fleet() {
        @Override
        public List<String> awakeDependents(String service) {
          return List.of();
        }

        @Override
        public List<String> dependenciesToWake(String service) {
          return List.of();
        }
      };

  /** Names of the services that need this one themselves and are awake or on the way, sorted. */
  List<String> awakeDependents(String service);

  /**
   * Names of all that this one needs, through others too, and that are not running; those that are
   * needed by others of them come first. A circle ends where it closes.
   */
  List<String> dependenciesToWake(String service);
}
