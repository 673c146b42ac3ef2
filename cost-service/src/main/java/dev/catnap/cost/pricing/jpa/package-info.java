/** Rate cards as people edit them. */
package dev.catnap.cost.pricing.jpa;
