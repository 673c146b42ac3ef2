/** Tests against a real Docker engine, with images made on the spot. */
@NullMarked
package dev.catnap.testkit.docker;

import org.jspecify.annotations.NullMarked;
