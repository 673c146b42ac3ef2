package dev.catnap.gateways;

import dev.catnap.testkit.RequiresProgram;
import dev.catnap.testkit.docker.RequiresDocker;

@RequiresDocker
@RequiresProgram(value = "apache2", debianPackage = "apache2-bin and lua-socket")
class ApacheRealGateTest extends RealGateContract {

  ApacheRealGateTest() {
    super(Gateway.APACHE);
  }
}
