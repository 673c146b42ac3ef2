/**
 * container-actuator: carries out commands on the containers of one host, and tells what becomes of
 * them.
 */
package dev.catnap.actuator;
