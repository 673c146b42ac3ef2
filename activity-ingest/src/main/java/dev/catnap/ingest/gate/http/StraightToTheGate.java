package dev.catnap.ingest.gate.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Brings requests of gateways to the {@link GateServlet} past all filters, which are for the APIs
 * and cost more than the gate itself: a fifth of the processor time of a request that passes. The
 * gate reads no bodies and counts its requests itself ({@code catnap.gate.requests}), so they are
 * not in {@code http.server.requests}.
 */
public final class StraightToTheGate extends ValveBase {
  /** Of the servlet. */
  public static final String NAME = "catnapGate";

  /** It holds requests where they are, on their virtual threads. */
  public StraightToTheGate() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    Wrapper wrapper = request.getWrapper();
    if (wrapper == null || !NAME.equals(wrapper.getName())) {
      getNext().invoke(request, response);
      return;
    }
    // Allocated: a graceful shutdown waits for those who are in it.
    Servlet gate = wrapper.allocate();
    try {
      gate.service(request.getRequest(), response.getResponse());
    } finally {
      wrapper.deallocate(gate);
    }
  }
}
