/** The configurations of {@code deploy/gateways}, each in its real gateway. */
package dev.catnap.gateways;
