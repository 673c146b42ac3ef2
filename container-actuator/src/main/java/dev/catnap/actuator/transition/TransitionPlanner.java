package dev.catnap.actuator.transition;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.transition.Plan.Step;
import dev.catnap.events.Action;

/**
 * From what should be and what is to what to do.
 *
 * <pre>
 *            absent            created, exited   running        paused         restarting  dead
 *  WAKE      create and start  start             already there  unpause        already     refuse
 *  SLEEP     already there     already there     pause          already there  refuse      already
 *  STOP      already there     already there     stop           stop           stop        already
 * </pre>
 *
 * A service that is stopped is not lifted to sleep: SLEEP and STOP only go down the ladder.
 */
public final class TransitionPlanner {
  private TransitionPlanner() {}

  /**
   * @param creatable whether the container can be made when it is missing
   */
  public static Plan plan(Action action, ContainerSnapshot container, boolean creatable) {
    return switch (action) {
      case WAKE -> wake(container, creatable);
      case SLEEP -> sleep(container);
      case STOP -> container.isDown() ? Plan.to(Step.ALREADY_THERE) : Plan.to(Step.STOP);
    };
  }

  private static Plan wake(ContainerSnapshot container, boolean creatable) {
    return switch (container.status()) {
      case ABSENT ->
          creatable
              ? Plan.to(Step.CREATE_AND_START)
              : Plan.refuse(
                  "there is no container "
                      + container.name()
                      + " and the definition does not say how to create it: start it, or give the"
                      + " service an image");
      case CREATED, EXITED -> Plan.to(Step.START);
      case RUNNING, RESTARTING -> Plan.to(Step.ALREADY_THERE);
      case PAUSED -> Plan.to(Step.UNPAUSE);
      case DEAD ->
          Plan.refuse(
              "container " + container.name() + " is dead (half removed): remove it by hand");
    };
  }

  private static Plan sleep(ContainerSnapshot container) {
    return switch (container.status()) {
      case RUNNING -> Plan.to(Step.PAUSE);
      case RESTARTING ->
          Plan.refuse(
              "container " + container.name() + " is being restarted by the engine after an exit");
      case ABSENT, CREATED, EXITED, PAUSED, DEAD -> Plan.to(Step.ALREADY_THERE);
    };
  }
}
