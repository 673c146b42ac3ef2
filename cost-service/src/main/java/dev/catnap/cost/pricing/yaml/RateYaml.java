package dev.catnap.cost.pricing.yaml;

import dev.catnap.events.InvalidFieldException;
import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as maps, lists and texts. A price stays the text it was written as, to the last digit. */
public final class RateYaml {
  /** In characters; far more than all cards that may stand. */
  private static final int LARGEST = 1 << 20;

  private RateYaml() {}

  /** Nothing is taken for a number or a time. */
  private static final class TextOnly extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      // None: every scalar is a text.
    }
  }

  /**
   * @return null for an empty document
   * @throws InvalidFieldException for what is no YAML, with line and column
   */
  public static @Nullable Object parse(byte[] body) {
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setCodePointLimit(LARGEST);
    DumperOptions unused = new DumperOptions();
    try {
      return new Yaml(
              new SafeConstructor(limits), new Representer(unused), unused, limits, new TextOnly())
          .load(new ByteArrayInputStream(body));
    } catch (MarkedYAMLException e) {
      String where =
          e.getProblemMark() == null
              ? ""
              : " at line "
                  + (e.getProblemMark().getLine() + 1)
                  + ", column "
                  + (e.getProblemMark().getColumn() + 1);
      throw new InvalidFieldException(
          "body", "must be YAML, but is not" + where + ": " + e.getProblem(), null);
    } catch (YAMLException e) {
      throw new InvalidFieldException("body", "must be YAML, but is not: " + e.getMessage(), null);
    }
  }
}
