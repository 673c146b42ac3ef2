package dev.catnap.cost.focus.http;

import dev.catnap.cost.focus.FocusColumns;
import dev.catnap.cost.focus.FocusQuestion;
import dev.catnap.cost.focus.FocusRow;
import dev.catnap.cost.focus.FocusVersion;
import dev.catnap.cost.focus.csv.DeflatedLines;
import dev.catnap.cost.focus.csv.FocusCsv;
import dev.catnap.cost.focus.jdbc.FocusReader;
import dev.catnap.cost.focus.parquet.FocusParquet;
import dev.catnap.cost.report.Window;
import dev.catnap.cost.report.http.MonthQuery;
import dev.catnap.cost.report.http.WindowQuery;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Charges of a month or a window as a FOCUS file. A month has what was booked in it, corrections of
 * earlier months among it; a window has what was used in it, with all later corrections. Times in
 * it have whole seconds, so a window is cut to them.
 */
@Tag(name = "cost")
@RestController
public final class FocusEndpoint {
  private static final Duration LONGEST = Duration.ofDays(400);

  private final FocusReader focus;
  private final Clock clock;

  public FocusEndpoint(FocusReader focus, Clock clock) {
    this.focus = focus;
    this.clock = clock;
  }

  @Operation(summary = "Charges as FOCUS 1.2 or 1.4, comma-separated")
  @GetMapping(value = "/cost/focus.csv", produces = "text/csv")
  void csv(
      @RequestParam(required = false) @Nullable String month,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable List<String> service,
      @RequestParam(defaultValue = "1.2") String version,
      HttpServletResponse response)
      throws IOException {
    FocusVersion asked = FocusVersion.parse(version);
    FocusQuestion question = question(month, from, to, service);
    List<DeflatedLines> parts = focus.lines(question, asked);
    begin(response, "text/csv;charset=UTF-8", name(question, asked) + ".csv");
    OutputStream out = response.getOutputStream();
    out.write(new FocusCsv(asked).header());
    for (DeflatedLines lines : parts) {
      lines.writeTo(out);
    }
  }

  @Operation(summary = "Charges as FOCUS 1.2 or 1.4, Apache Parquet")
  @GetMapping(value = "/cost/focus.parquet", produces = "application/vnd.apache.parquet")
  void parquet(
      @RequestParam(required = false) @Nullable String month,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable List<String> service,
      @RequestParam(defaultValue = "1.2") String version,
      HttpServletResponse response)
      throws IOException {
    FocusVersion asked = FocusVersion.parse(version);
    FocusQuestion question = question(month, from, to, service);
    List<FocusRow> rows = focus.rows(question);
    begin(response, "application/vnd.apache.parquet", name(question, asked) + ".parquet");
    FocusParquet.write(FocusColumns.of(asked), rows, response.getOutputStream());
  }

  private FocusQuestion question(
      @Nullable String month,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable List<String> service) {
    Window window = window(month, from, to);
    List<String> services = service == null ? List.of() : service;
    services.forEach(name -> Check.serviceName("service", name));
    return from == null && to == null
        ? FocusQuestion.ofMonth(MonthQuery.current(window.from()), window.to(), services)
        : FocusQuestion.ofWindow(window.from(), window.to(), services);
  }

  private static String name(FocusQuestion question, FocusVersion version) {
    return "catnap-focus-" + version.number() + "-" + question.from().toString().substring(0, 10);
  }

  private Window window(@Nullable String month, @Nullable Instant from, @Nullable Instant to) {
    Instant now = seconds(clock.instant());
    if (month != null && (from != null || to != null)) {
      throw new InvalidFieldException("month", "must not be given beside from and to", month);
    }
    if (from == null && to == null) {
      YearMonth asked = month == null ? MonthQuery.current(now) : MonthQuery.parse(month, now);
      Instant end = MonthQuery.start(asked.plusMonths(1));
      // In the first second of a month there is nothing yet; a file without rows says so.
      Instant start = MonthQuery.start(asked);
      Instant until = end.isBefore(now) ? end : now;
      return new Window(start, until.isAfter(start) ? until : start.plusSeconds(1), null);
    }
    Window window = WindowQuery.of(null, from, to, null, Duration.ofDays(30), now);
    if (Duration.between(window.from(), window.to()).compareTo(LONGEST) > 0) {
      throw new InvalidFieldException("from", "must be at most 400d before to", from);
    }
    return new Window(seconds(window.from()), seconds(window.to()), null);
  }

  private static Instant seconds(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond());
  }

  private static void begin(HttpServletResponse response, String type, String name) {
    response.setContentType(type);
    response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }
}
