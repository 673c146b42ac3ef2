/** The steps of a command in the trace, and the stages of wakes as histograms. */
package dev.catnap.actuator.transition.tracing;
