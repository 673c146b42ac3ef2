/** What the embedded servers share: ports that are remembered and directories that are locked. */
@NullMarked
package dev.catnap.embedded;

import org.jspecify.annotations.NullMarked;
