package dev.catnap.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.catnap.events.Action;
import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.Command;
import dev.catnap.events.DefinitionReader;
import dev.catnap.events.Reason;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schemas say what the code does, in both directions. */
class SchemasMatchCodeTest {
  private static final Envelope ENVELOPE = Envelope.plain("filesystem", Instant.EPOCH);

  static Stream<Arguments> schemas() {
    return Stream.of(
        Arguments.of("activity", Topics.ACTIVITY, Activity.class),
        Arguments.of("command", Topics.COMMANDS, Command.class),
        Arguments.of("state-change", Topics.STATE_CHANGES, StateChange.class),
        Arguments.of("resource-sample", Topics.RESOURCE_SAMPLES, ResourceSample.class),
        Arguments.of("service-definition", Topics.SERVICES, ServiceDefinition.class));
  }

  private static JsonNode schema(String name) {
    return Json.MAPPER.readTree(Golden.schema(name));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void goldenFile_isValid(String name, Topic<?> topic, Class<?> type) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema(name));
    assertThat(schema.validate(Json.MAPPER.readTree(Golden.file(name)))).isEmpty();
    assertThat(schema.validate(Json.MAPPER.readTree("[]"))).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void fieldWithoutWhichTheCodeRefuses_isRequired_andNoOther(
      String name, Topic<?> topic, Class<?> type) {
    ObjectNode golden = (ObjectNode) Json.MAPPER.readTree(Golden.file(name));
    List<String> refused = new ArrayList<>();
    for (String field : List.copyOf(golden.propertyNames())) {
      ObjectNode without = golden.deepCopy();
      without.remove(field);
      try {
        topic.codec().read(Json.MAPPER.writeValueAsBytes(without), ENVELOPE);
      } catch (MalformedRecordException e) {
        refused.add(field);
      }
    }
    List<String> required = new ArrayList<>();
    schema(name).get("required").forEach(field -> required.add(field.asString()));
    assertThat(refused).containsExactlyInAnyOrderElementsOf(required);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void properties_areTheRecordsFields(String name, Topic<?> topic, Class<?> type) {
    if (type == ServiceDefinition.class) {
      return; // Its JSON is nested otherwise than its record; see the test below.
    }
    assertThat(schema(name).get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(components(type));
  }

  private static List<String> components(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void definitionProperties_areTheFieldsThatTheReaderKnows() {
    JsonNode properties = schema("service-definition").get("properties");
    for (String field : properties.propertyNames()) {
      assertKnown(Map.of(field, Map.of()), field);
    }
    for (String level : List.of("sleep_policy", "resources", "readiness", "not_waking")) {
      for (String field : properties.get(level).get("properties").propertyNames()) {
        assertKnown(Map.of(level, Map.of(field, Map.of())), level + "." + field);
      }
    }
  }

  /** The reader names a field that it does not know; it may refuse the value otherwise. */
  private static void assertKnown(Map<String, ?> written, String field) {
    try {
      DefinitionReader.readWritten("svc", written, ServiceDefinition.Source.API, Instant.EPOCH);
    } catch (RuntimeException e) {
      assertThat(e.getMessage()).as(field).doesNotContain("is not a field here");
    }
  }

  @Test
  void enums_areTheCodesOwn() {
    assertThat(values("activity", "kind")).isEqualTo(names(ActivityKind.values()));
    assertThat(values("command", "action")).isEqualTo(names(Action.values()));
    assertThat(values("state-change", "from")).isEqualTo(names(RunState.values()));
    assertThat(values("state-change", "to")).isEqualTo(names(RunState.values()));
    assertThat(values("state-change", "towards")).containsExactly("SLEEPING", "STOPPED");
    assertThat(values("state-change", "reason")).isEqualTo(names(Reason.values()));
    List<String> commandReasons = new ArrayList<>(names(Reason.values()));
    commandReasons.remove("external");
    assertThat(values("command", "reason")).isEqualTo(commandReasons);
  }

  @Test
  void stages_areTheRecordsFields() {
    JsonNode stages = schema("state-change").get("properties").get("stages").get("properties");
    assertThat(stages.propertyNames()).containsExactlyElementsOf(components(WakeStages.class));
  }

  private static List<String> values(String schema, String property) {
    List<String> values = new ArrayList<>();
    schema(schema)
        .get("properties")
        .get(property)
        .get("enum")
        .forEach(v -> values.add(v.asString()));
    return values;
  }

  private static List<String> names(Object[] constants) {
    return Arrays.stream(constants).map(Object::toString).toList();
  }
}
