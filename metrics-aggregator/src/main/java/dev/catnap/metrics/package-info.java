/** metrics-aggregator: folds the log into tables and answers what happened. */
@NullMarked
package dev.catnap.metrics;

import org.jspecify.annotations.NullMarked;
