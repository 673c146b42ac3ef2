package dev.catnap.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test runs a program of the host. Without it the test is skipped, or fails with {@code
 * CATNAP_REQUIRE_DOCKER=true}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RequiresProgram.All.class)
@ExtendWith(RequiresProgramCondition.class)
public @interface RequiresProgram {

  /** The program's name, looked for on the PATH and in the usual sbin directories. */
  String value();

  /** The Debian package that brings it; empty: named like the program. */
  String debianPackage() default "";

  /** Several programs. */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @ExtendWith(RequiresProgramCondition.class)
  @interface All {
    RequiresProgram[] value();
  }
}
