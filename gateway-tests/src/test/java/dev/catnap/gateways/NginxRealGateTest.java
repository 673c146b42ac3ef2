package dev.catnap.gateways;

import dev.catnap.testkit.RequiresProgram;
import dev.catnap.testkit.docker.RequiresDocker;

@RequiresDocker
@RequiresProgram(value = "nginx", debianPackage = "nginx")
class NginxRealGateTest extends RealGateContract {

  NginxRealGateTest() {
    super(Gateway.NGINX);
  }
}
