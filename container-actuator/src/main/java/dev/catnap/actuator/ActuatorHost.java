package dev.catnap.actuator;

/** What this host is called; known once the engine has answered, empty before. */
final class ActuatorHost {
  private volatile String name = "";

  void is(String known) {
    this.name = known;
  }

  String name() {
    return name;
  }
}
