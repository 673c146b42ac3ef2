package dev.catnap.actuator.engine.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Sends signals through the C library; Linux's numbers. */
final class Signals {
  static final int KILL = 9;
  static final int TERM = 15;
  static final int CONT = 18;
  static final int STOP = 19;

  private static final MethodHandle FUNCTION =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private Signals() {}

  /** To the process's whole group, which it leads, or to itself where it leads none yet. */
  static void send(long pid, int signal) {
    if (call(-pid, signal) != 0) {
      call(pid, signal);
    }
  }

  private static int call(long pid, int signal) {
    try {
      return (int) FUNCTION.invokeExact((int) pid, signal);
    } catch (Throwable e) {
      throw new IllegalStateException("kill cannot be called", e);
    }
  }
}
