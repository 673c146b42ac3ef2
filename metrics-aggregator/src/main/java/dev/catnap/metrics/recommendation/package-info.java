/** What history advises: sizes, leaks, services to retire, and what is wrong with a service. */
@NullMarked
package dev.catnap.metrics.recommendation;

import org.jspecify.annotations.NullMarked;
