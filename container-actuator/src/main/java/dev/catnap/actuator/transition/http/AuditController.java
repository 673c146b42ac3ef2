package dev.catnap.actuator.transition.http;

import dev.catnap.actuator.transition.AuditEntry;
import dev.catnap.actuator.transition.AuditTrail;
import dev.catnap.kit.http.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was done to containers, and what was refused. */
@RestController
@Tag(name = "containers")
public class AuditController {
  /**
   * @param items the newest first
   */
  public record Answer(List<AuditEntry> items) {}

  private final AuditTrail audit;

  public AuditController(AuditTrail audit) {
    this.audit = audit;
  }

  @GetMapping("/containers/audit")
  @Operation(
      summary = "The newest actions taken or refused",
      description = "At most 1000 are kept; all that was done is on catnap.state-changes.")
  public Answer audit(PageQuery page) {
    return new Answer(audit.newest().stream().limit(page.limit()).toList());
  }
}
