package dev.catnap.events.json;

import dev.catnap.events.ResourceSample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Samples are just their fields, but there are very many of them. */
public final class ResourceSampleCodec implements EventCodec<ResourceSample> {
  private static final EventCodec<ResourceSample> GENERAL =
      EventCodec.ofFields(ResourceSample.class);

  @Override
  public byte[] write(ResourceSample event) {
    return GENERAL.write(event);
  }

  @Override
  public ResourceSample parse(byte[] json, Envelope envelope) {
    Reader reader = new Reader();
    return reader.reads(json, Reader.REQUIRED) ? reader.sample() : GENERAL.parse(json, envelope);
  }

  private static final class Reader extends FieldsReader {
    static final int REQUIRED = (1 << 12) - 1;

    private String service = "";
    private String container = "";
    private String host = "";
    private Instant at = Instant.EPOCH;
    private long windowMillis;
    private double cpuCores;
    private @Nullable Double cpuLimitCores;
    private long memoryBytes;
    private @Nullable Long memoryLimitBytes;
    private long pids;
    private long networkRxBytes;
    private long networkTxBytes;
    private long blockReadBytes;
    private long blockWriteBytes;
    private @Nullable Integer connections;
    private @Nullable Long storageBytes;

    @Override
    void field(String name, JsonParser in) {
      switch (name) {
        case "service" -> {
          first(1);
          service = text(in);
        }
        case "container" -> {
          first(1 << 1);
          container = text(in);
        }
        case "host" -> {
          first(1 << 2);
          host = text(in);
        }
        case "at" -> {
          first(1 << 3);
          at = time(in);
        }
        case "windowMillis" -> {
          first(1 << 4);
          windowMillis = whole(in);
        }
        case "cpuCores" -> {
          first(1 << 5);
          cpuCores = number(in);
        }
        case "memoryBytes" -> {
          first(1 << 6);
          memoryBytes = whole(in);
        }
        case "pids" -> {
          first(1 << 7);
          pids = whole(in);
        }
        default -> counterOrLimit(name, in);
      }
    }

    private void counterOrLimit(String name, JsonParser in) {
      switch (name) {
        case "networkRxBytes" -> {
          first(1 << 8);
          networkRxBytes = whole(in);
        }
        case "networkTxBytes" -> {
          first(1 << 9);
          networkTxBytes = whole(in);
        }
        case "blockReadBytes" -> {
          first(1 << 10);
          blockReadBytes = whole(in);
        }
        case "blockWriteBytes" -> {
          first(1 << 11);
          blockWriteBytes = whole(in);
        }
        case "cpuLimitCores" -> {
          first(1 << 12);
          cpuLimitCores = number(in);
        }
        case "memoryLimitBytes" -> {
          first(1 << 13);
          memoryLimitBytes = whole(in);
        }
        case "connections" -> {
          first(1 << 14);
          connections = small(in);
        }
        case "storageBytes" -> {
          first(1 << 15);
          storageBytes = whole(in);
        }
        default -> differs();
      }
    }

    ResourceSample sample() {
      return new ResourceSample(
          service,
          container,
          host,
          at,
          windowMillis,
          cpuCores,
          cpuLimitCores,
          memoryBytes,
          memoryLimitBytes,
          pids,
          networkRxBytes,
          networkTxBytes,
          blockReadBytes,
          blockWriteBytes,
          connections,
          storageBytes);
    }
  }
}
