/** What recommendations are made from, read from the tables. */
@NullMarked
package dev.catnap.metrics.recommendation.jdbc;

import org.jspecify.annotations.NullMarked;
