package dev.catnap.gateways;

import dev.catnap.testkit.RequiresProgram;
import dev.catnap.testkit.docker.RequiresDocker;

@RequiresDocker
@RequiresProgram(value = "haproxy", debianPackage = "haproxy")
class HaproxyRealGateTest extends RealGateContract {

  HaproxyRealGateTest() {
    super(Gateway.HAPROXY);
  }
}
