/** What this host offers: a Docker engine, memory, ports, directories. */
@NullMarked
package dev.catnap.allinone.host;

import org.jspecify.annotations.NullMarked;
