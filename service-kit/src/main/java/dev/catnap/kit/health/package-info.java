/** Health of the process and of each part of the system. */
package dev.catnap.kit.health;
