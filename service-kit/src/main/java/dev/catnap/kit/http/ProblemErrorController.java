package dev.catnap.kit.http;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Errors that no controller saw, such as {@code sendError} in a filter, in place of Boot's page.
 */
@Hidden
@RestController
public final class ProblemErrorController implements ErrorController {
  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<Object> error(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    HttpStatusCode code = HttpStatusCode.valueOf(status instanceof Integer known ? known : 404);
    return Problems.answer(
        Problems.ofStatus(
            code, detail(code), path == null ? request.getRequestURI() : path.toString()),
        new HttpHeaders());
  }

  private static String detail(HttpStatusCode status) {
    return status.is5xxServerError()
        ? "Something went wrong here; the log tells more."
        : "The request was refused with status " + status.value() + ".";
  }
}
