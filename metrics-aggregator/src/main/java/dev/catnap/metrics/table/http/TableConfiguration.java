package dev.catnap.metrics.table.http;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the answers of this service have in common: CSV, an ETag of their content, and examples in
 * the document.
 */
@Configuration(proxyBeanMethods = false)
public class TableConfiguration {
  private static final String[] ANSWERS = {
    "/metrics/resources",
    "/metrics/sleep-wake",
    "/metrics/performance",
    "/metrics/trends",
    "/metrics/recommendations"
  };

  @Bean
  CsvConverter metricsCsvConverter(JsonMapper json) {
    // With what is null as well: the columns of a table do not depend on what was measured.
    return new CsvConverter(
        json.rebuild()
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(Include.ALWAYS))
            .build());
  }

  @Bean
  Examples metricsExamples(JsonMapper json) {
    return new Examples(json);
  }

  /** The same content has the same ETag; asked with If-None-Match it is answered 304. */
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> metricsEtags() {
    return first(new ShallowEtagHeaderFilter(), 200);
  }

  @Bean
  FilterRegistrationBean<FormatFilter> metricsFormats(
      @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> problems) {
    return first(
        new FormatFilter((request, response, handler, e) ->
            problems.getObject().resolveException(request, response, handler, e)),
        201);
  }

  private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> first(
      F filter, int order) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.addUrlPatterns(ANSWERS);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + order);
    registration.setName("metrics" + filter.getClass().getSimpleName());
    return registration;
  }
}
