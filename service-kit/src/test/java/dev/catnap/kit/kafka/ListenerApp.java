package dev.catnap.kit.kafka;

import dev.catnap.events.Activity;
import dev.catnap.events.Command;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/** Two services in one process, each with its own listeners. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ListenerApp {
  @Bean
  ConcurrentKafkaListenerContainerFactory<String, byte[]> oneListeners(Listeners listeners) {
    return listeners.factory("one");
  }

  @Bean
  ConcurrentKafkaListenerContainerFactory<String, byte[]> twoListeners(Listeners listeners) {
    return listeners.factory("two");
  }

  @Bean
  One one() {
    return new One();
  }

  @Bean
  Two two(DeadLetters deadLetters) {
    return new Two(deadLetters);
  }

  static class One {
    final List<String> seen = new CopyOnWriteArrayList<>();
    final AtomicReference<Consumer<Activity>> before = new AtomicReference<>(activity -> {});

    @KafkaListener(topics = "catnap.activity", containerFactory = "oneListeners")
    void on(ConsumerRecord<String, byte[]> record) {
      Activity activity = Records.read(Topics.ACTIVITY, record);
      before.get().accept(activity);
      seen.add(activity.service());
    }
  }

  static class Two {
    final List<String> seen = new CopyOnWriteArrayList<>();
    final AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
    private final DeadLetters deadLetters;

    Two(DeadLetters deadLetters) {
      this.deadLetters = deadLetters;
    }

    @KafkaListener(topics = "catnap.commands", containerFactory = "twoListeners", batch = "true")
    void on(List<ConsumerRecord<String, byte[]>> batch) {
      before.get().run();
      for (DeadLetters.Received<Command> received :
          deadLetters.readable(Topics.COMMANDS, batch, "two")) {
        seen.add(received.event().service());
      }
    }
  }
}
