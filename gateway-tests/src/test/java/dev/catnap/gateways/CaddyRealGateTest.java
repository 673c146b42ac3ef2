package dev.catnap.gateways;

import dev.catnap.testkit.RequiresProgram;
import dev.catnap.testkit.docker.RequiresDocker;

@RequiresDocker
@RequiresProgram(value = "caddy", debianPackage = "caddy")
class CaddyRealGateTest extends RealGateContract {

  CaddyRealGateTest() {
    super(Gateway.CADDY);
  }
}
