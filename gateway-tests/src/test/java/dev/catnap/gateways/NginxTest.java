package dev.catnap.gateways;

import dev.catnap.testkit.RequiresProgram;

@RequiresProgram(value = "nginx", debianPackage = "nginx")
class NginxTest extends GatewayContract {

  NginxTest() {
    super(Gateway.NGINX);
  }

  @Override
  boolean waitsForTheService() {
    return false;
  }
}
