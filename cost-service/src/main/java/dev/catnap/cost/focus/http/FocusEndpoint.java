package dev.catnap.cost.focus.http;

import dev.catnap.cost.focus.FocusAccount;
import dev.catnap.cost.focus.FocusColumn;
import dev.catnap.cost.focus.FocusColumns;
import dev.catnap.cost.focus.FocusRow;
import dev.catnap.cost.focus.FocusRows;
import dev.catnap.cost.focus.FocusVersion;
import dev.catnap.cost.focus.parquet.FocusParquet;
import dev.catnap.cost.report.Csv;
import dev.catnap.cost.report.Window;
import dev.catnap.cost.report.http.MonthQuery;
import dev.catnap.cost.report.http.WindowQuery;
import dev.catnap.cost.report.jdbc.Charges;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
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

  private final Charges charges;
  private final FocusAccount account;
  private final Clock clock;

  public FocusEndpoint(Charges charges, FocusAccount account, Clock clock) {
    this.charges = charges;
    this.account = account;
    this.clock = clock;
  }

  private record File(List<FocusColumn> columns, List<FocusRow> rows, String name) {}

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
    File file = file(month, from, to, service, version);
    begin(response, "text/csv;charset=UTF-8", file.name() + ".csv");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
      out.write(Csv.line(file.columns().stream().map(FocusColumn::name).toList()));
      StringBuilder line = new StringBuilder();
      for (FocusRow row : file.rows()) {
        line.setLength(0);
        for (FocusColumn column : file.columns()) {
          Csv.append(line, column.value().apply(row));
          line.append(',');
        }
        Csv.endLine(line);
        out.append(line);
      }
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
    File file = file(month, from, to, service, version);
    begin(response, "application/vnd.apache.parquet", file.name() + ".parquet");
    FocusParquet.write(file.columns(), file.rows(), response.getOutputStream());
  }

  private File file(
      @Nullable String month,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable List<String> service,
      String version) {
    FocusVersion asked = FocusVersion.parse(version);
    Window window = window(month, from, to);
    List<String> services = service == null ? List.of() : service;
    services.forEach(name -> Check.serviceName("service", name));
    boolean ofMonth = from == null && to == null;
    Charges.Bookings booked =
        ofMonth
            ? charges.bookedIn(MonthQuery.current(window.from()), window.to(), services)
            : charges.bookings(window.from(), window.to(), services);
    // A month has corrections of earlier ones.
    Instant begin = ofMonth ? Instant.EPOCH : window.from();
    List<FocusRow> rows =
        FocusRows.of(booked.charges(), booked.settlement(), account).stream()
            .map(row -> row.within(begin, window.to()))
            .toList();
    return new File(
        FocusColumns.of(asked),
        rows,
        "catnap-focus-" + asked.number() + "-" + window.from().toString().substring(0, 10));
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
