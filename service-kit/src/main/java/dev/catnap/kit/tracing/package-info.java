/** Where the time of a wake goes: as histograms always, as traces once they are asked for. */
package dev.catnap.kit.tracing;
