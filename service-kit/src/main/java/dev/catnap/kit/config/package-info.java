/** Settings: shared defaults, a file a service, and starting a service by itself. */
package dev.catnap.kit.config;
