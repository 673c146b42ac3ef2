/** What containers use, as the kernel tells it: control groups v1 and v2. */
package dev.catnap.actuator.engine.cgroup;
