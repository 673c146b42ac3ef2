package dev.catnap.gateways;

import dev.catnap.testkit.RequiresProgram;

@RequiresProgram(value = "caddy", debianPackage = "caddy")
class CaddyTest extends GatewayContract {

  CaddyTest() {
    super(Gateway.CADDY);
  }

  @Override
  boolean waitsForTheService() {
    return true;
  }
}
