package dev.catnap.actuator.engine;

/**
 * What a container has to do with others at one moment, as its host's kernel shows it.
 *
 * <p>Connections are those from outside to a port that the container listens on.
 *
 * @param bytes went over its interfaces since its start, both ways, its loopback aside
 * @param connections established, idle ones too
 * @param arriving have been asked for or made, and the container has not accepted them yet
 * @param unread accepted, with bytes that the container has not read yet
 * @param unsent accepted, with bytes on the way to the other side
 */
public record NetworkReading(long bytes, int connections, int arriving, int unread, int unsent) {
  /** Nobody is there. */
  public static final NetworkReading SILENT = new NetworkReading(0, 0, 0, 0, 0);
}
