/** What is answered while the database is away. */
@NullMarked
package dev.catnap.metrics.storage.http;

import org.jspecify.annotations.NullMarked;
