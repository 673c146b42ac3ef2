package dev.catnap.metrics.table.http;

import dev.catnap.events.InvalidFieldException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** {@code format=csv} is as good as {@code Accept: text/csv}, for those who can only give a URL. */
final class FormatFilter extends OncePerRequestFilter {
  private static final String ACCEPT = "Accept";
  private static final Map<String, String> TYPES =
      Map.of("csv", CsvConverter.MEDIA_TYPE, "json", "application/json");

  private final HandlerExceptionResolver problems;

  /**
   * @param problems turns exceptions into answers as for controllers
   */
  FormatFilter(HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String format = request.getParameter("format");
    if (format == null) {
      chain.doFilter(request, response);
      return;
    }
    String type = TYPES.get(format);
    if (type == null) {
      problems.resolveException(
          request,
          response,
          null,
          new InvalidFieldException("format", "must be csv or json, or absent", format));
      return;
    }
    chain.doFilter(new Accepting(request, type), response);
  }

  private static final class Accepting extends HttpServletRequestWrapper {
    private final String type;

    Accepting(HttpServletRequest request, String type) {
      super(request);
      this.type = type;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase(ACCEPT) ? type : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return name.equalsIgnoreCase(ACCEPT)
          ? Collections.enumeration(List.of(type))
          : super.getHeaders(name);
    }
  }
}
