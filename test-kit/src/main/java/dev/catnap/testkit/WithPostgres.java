package dev.catnap.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gives a test class a {@link PostgresServer} as a parameter of its methods and constructor. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PostgresExtension.class)
public @interface WithPostgres {

  /**
   * True: a database server for this class alone, which it may stop and start. False: this JVM's
   * one.
   */
  boolean isolated() default false;
}
