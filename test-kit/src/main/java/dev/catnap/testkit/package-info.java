/** What tests of all modules share: a broker, a database, probes. No Spring. */
@NullMarked
package dev.catnap.testkit;

import org.jspecify.annotations.NullMarked;
