/** What a host needs to run Catnap, checked with nothing running. */
@NullMarked
package dev.catnap.allinone.doctor;

import org.jspecify.annotations.NullMarked;
