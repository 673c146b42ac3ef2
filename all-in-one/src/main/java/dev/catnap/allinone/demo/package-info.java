/** Sample services, a small gateway and its traffic. */
@NullMarked
package dev.catnap.allinone.demo;

import org.jspecify.annotations.NullMarked;
