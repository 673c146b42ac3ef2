package dev.catnap.gateways;

import dev.catnap.testkit.RequiresProgram;

@RequiresProgram(value = "haproxy", debianPackage = "haproxy")
class HaproxyTest extends GatewayContract {

  HaproxyTest() {
    super(Gateway.HAPROXY);
  }

  @Override
  boolean waitsForTheService() {
    return true;
  }
}
