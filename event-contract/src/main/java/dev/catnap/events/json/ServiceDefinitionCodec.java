package dev.catnap.events.json;

import dev.catnap.events.Check;
import dev.catnap.events.DefinitionReader;
import dev.catnap.events.DefinitionWriter;
import dev.catnap.events.ServiceDefinition;
import java.util.Map;

/** Definitions are JSON of the same shape as {@code services.yml}; the record's key is the name. */
public final class ServiceDefinitionCodec implements EventCodec<ServiceDefinition> {
  @Override
  public byte[] write(ServiceDefinition definition) {
    return Json.MAPPER.writeValueAsBytes(DefinitionWriter.write(definition));
  }

  @Override
  public ServiceDefinition parse(byte[] json, Envelope envelope) {
    Object fields = Json.MAPPER.readValue(json, Object.class);
    return DefinitionReader.readRecorded(
        Check.serviceName("key", nameOf(envelope, fields)), fields, envelope.receivedAt());
  }

  private static String nameOf(Envelope envelope, Object fields) {
    if (envelope.key() != null) {
      return envelope.key();
    }
    Object name = fields instanceof Map<?, ?> map ? map.get("name") : null;
    return Check.present("key", name).toString();
  }
}
