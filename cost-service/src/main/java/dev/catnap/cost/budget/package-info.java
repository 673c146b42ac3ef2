/** What may be spent, and who is told when it is. */
package dev.catnap.cost.budget;
