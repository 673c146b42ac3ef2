package dev.catnap.cost.report.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.ledger.jdbc.LedgerPages;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.cost.report.Csv;
import dev.catnap.cost.report.Window;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.RunState;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger, line by line. */
@Tag(name = "cost")
@RestController
public final class LedgerEndpoint {
  private static final Duration DAY = Duration.ofDays(1);
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final LedgerPages ledger;
  private final Clock clock;

  public LedgerEndpoint(LedgerPages ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A page of lines.
   *
   * @param bookedTo what happened later is not booked yet
   * @param closedTo what happened before is only corrected by lines of later months
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      Instant from,
      Instant to,
      @Nullable Instant bookedTo,
      @Nullable Instant closedTo,
      List<LedgerLineView> items,
      @Nullable String nextCursor) {}

  @Operation(
      summary = "Lines of the ledger that lie in a window, with corrections",
      description =
          "As JSON, or as CSV (format=csv) with the cursor of the next page in the header"
              + " Next-Cursor. In order of service, container and time.")
  @GetMapping(
      value = "/cost/ledger",
      produces = {"application/json", "text/csv"})
  ResponseEntity<?> ledger(
      @RequestParam(required = false) @Nullable Duration window,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable List<String> service,
      @RequestParam(required = false) @Nullable String container,
      @RequestParam(required = false) @Nullable String host,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String resource,
      @RequestParam(required = false) @Nullable String booked,
      @RequestParam(required = false) @Nullable Boolean corrections,
      @RequestParam(defaultValue = "json") String format,
      PageQuery page) {
    Window asked = WindowQuery.of(window, from, to, null, DAY, clock.instant());
    List<String> services = service == null ? List.of() : service;
    services.forEach(name -> Check.serviceName("service", name));
    if (!format.equals("json") && !format.equals("csv")) {
      throw new InvalidFieldException("format", "must be json or csv", format);
    }
    LedgerPages.Filter filter =
        new LedgerPages.Filter(
            asked.from(),
            asked.to(),
            services,
            text("container", container),
            text("host", host),
            oneOf("state", RunState.class, state),
            oneOf("resource", Resource.class, resource),
            month(booked),
            corrections);
    LedgerPages.Found found = ledger.find(filter, page.after(), page.limit() + 1);
    Page<LedgerLine> lines = Page.ofOneMore(found.lines(), LedgerPages::key, page);
    List<LedgerLineView> items = lines.items().stream().map(LedgerLineView::of).toList();
    if (format.equals("csv")) {
      return csv(items, lines.nextCursor());
    }
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(
            new Answer(
                asked.from(),
                asked.to(),
                found.bookedTo(),
                found.closedTo(),
                items,
                lines.nextCursor()));
  }

  private static ResponseEntity<byte[]> csv(
      List<LedgerLineView> items, @Nullable String nextCursor) {
    StringBuilder text = new StringBuilder(Csv.line(LedgerLineView.COLUMNS));
    items.forEach(item -> text.append(Csv.line(item.values())));
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .contentType(CSV)
            .header("Content-Disposition", "attachment; filename=\"catnap-ledger.csv\"");
    if (nextCursor != null) {
      answer.header("Next-Cursor", nextCursor);
    }
    return answer.body(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String text(String field, @Nullable String value) {
    return value == null ? null : Check.text(field, value);
  }

  private static <E extends Enum<E>> @Nullable E oneOf(
      String field, Class<E> type, @Nullable String text) {
    if (text == null) {
      return null;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> one.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new InvalidFieldException(
                field, "must be one of " + Arrays.toString(type.getEnumConstants()), text));
  }

  private static @Nullable YearMonth month(@Nullable String text) {
    try {
      return text == null ? null : YearMonth.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidFieldException("booked", "must be a month such as 2026-10", text);
    }
  }
}
