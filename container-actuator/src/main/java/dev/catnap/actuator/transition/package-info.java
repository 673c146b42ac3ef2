/** What a command asks for, planned against what is, carried out and told. */
package dev.catnap.actuator.transition;
