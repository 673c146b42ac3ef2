package dev.catnap.ingest;

import dev.catnap.ingest.gate.http.StraightToTheGate;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The web server as the gate wants it. What browsers send and gateways pass on is not always what
 * RFC 3986 allows; Tomcat would answer 400 before the gate sees it, and the gateway would turn that
 * into an error. And requests for the gate go {@linkplain StraightToTheGate straight to it}.
 */
@Configuration(proxyBeanMethods = false)
class GateConnector {
  private static final String SENT_BY_BROWSERS = "\"<>[\\]^`{|}";

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> gateConnectorCustomizer() {
    return factory -> {
      factory.addEngineValves(new StraightToTheGate());
      factory.addConnectorCustomizers(connector -> {
        connector.setProperty("relaxedQueryChars", SENT_BY_BROWSERS);
        connector.setProperty("relaxedPathChars", SENT_BY_BROWSERS);
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
      });
    };
  }
}
