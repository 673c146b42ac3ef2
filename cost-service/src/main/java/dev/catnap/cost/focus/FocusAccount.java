package dev.catnap.cost.focus;

import dev.catnap.events.Check;

/**
 * Who bills whom.
 *
 * @param id of the account that is billed, never empty
 * @param provider who makes the services available, and issues the bill; never empty
 */
public record FocusAccount(String id, String provider) {
  public FocusAccount {
    Check.text("focus.account", id);
    Check.text("focus.provider", provider);
  }
}
