/** The commands that talk to a running Catnap, and what all commands share. */
@NullMarked
package dev.catnap.allinone.cli;

import org.jspecify.annotations.NullMarked;
