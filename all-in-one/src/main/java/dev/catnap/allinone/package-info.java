/** The five parts in one process, and the command line that runs and asks it. */
@NullMarked
package dev.catnap.allinone;

import org.jspecify.annotations.NullMarked;
