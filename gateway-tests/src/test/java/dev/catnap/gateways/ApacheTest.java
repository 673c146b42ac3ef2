package dev.catnap.gateways;

import dev.catnap.testkit.RequiresProgram;

@RequiresProgram(value = "apache2", debianPackage = "apache2-bin and lua-socket")
class ApacheTest extends GatewayContract {

  ApacheTest() {
    super(Gateway.APACHE);
  }

  @Override
  boolean waitsForTheService() {
    return false;
  }
}
