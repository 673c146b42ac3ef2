/** The one clock. */
package dev.catnap.kit.time;
