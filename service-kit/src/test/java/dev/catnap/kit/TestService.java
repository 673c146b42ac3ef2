package dev.catnap.kit;

import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.kit.http.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service as the real ones are: one configuration class that names its parts. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(TestService.Naps.class)
public class TestService {
  public enum Mood {
    SLEEPY,
    AWAKE;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public record Nap(@NotBlank String cat, @Min(1) @Max(24) int hours, Mood mood, Instant at) {}

  @RestController
  public static class Naps {
    @PostMapping(path = "/naps", consumes = MediaType.APPLICATION_JSON_VALUE)
    Nap take(@Valid @RequestBody Nap nap) {
      return nap;
    }

    @GetMapping("/window")
    Map<String, Long> window(@RequestParam Duration window) {
      return Map.of("millis", window.toMillis());
    }

    @GetMapping("/since")
    Map<String, Instant> since(@RequestParam Instant since) {
      return Map.of("since", since);
    }

    @GetMapping("/years")
    Map<String, Integer> years(@RequestParam @Min(1) @Max(30) int years) {
      return Map.of("years", years);
    }

    @GetMapping("/cats")
    Page<String> cats(PageQuery page) {
      List<String> cats = IntStream.range(0, 250).mapToObj("cat-%03d"::formatted).toList();
      return Page.of(cats, cat -> cat, page);
    }

    @GetMapping("/missing")
    String missing() {
      throw ProblemException.notFound("service", "tom");
    }

    @GetMapping("/away")
    String away() {
      throw ProblemException.unavailable("The cat is out.", Duration.ofMillis(1_200));
    }

    @GetMapping("/defect")
    String defect() {
      throw new IllegalStateException("secret-internals");
    }

    @GetMapping("/refused")
    void refused(HttpServletResponse response) throws IOException {
      response.sendError(403, "secret-internals");
    }
  }
}
