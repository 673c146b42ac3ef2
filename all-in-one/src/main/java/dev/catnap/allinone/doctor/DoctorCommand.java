package dev.catnap.allinone.doctor;

import dev.catnap.allinone.cli.RunOptions;
import dev.catnap.allinone.doctor.Finding.Level;
import dev.catnap.allinone.host.EngineProbe;
import dev.catnap.allinone.host.HostMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code catnap doctor}. */
@Command(
    name = "doctor",
    description = {
      "Checks what Catnap needs on this host, and says how to mend what is missing.",
      "Takes the options of 'up', so that it checks what 'up' would use."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 Catnap can run, 1 something fails, 2 not understood."})
public final class DoctorCommand implements Callable<Integer> {
  private static final Path DATA = Path.of("data");

  @Mixin private RunOptions options = new RunOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Finding> findings = examine();
    if (options.json()) {
      spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(findings));
    } else {
      findings.forEach(this::print);
    }
    spec.commandLine().getOut().flush();
    return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL)
        ? ExitCode.SOFTWARE
        : ExitCode.OK;
  }

  private List<Finding> examine() {
    // The slow ones, which wait for somebody else's answer, run beside the others.
    CompletableFuture<EngineProbe.Finding> engine =
        CompletableFuture.supplyAsync(() -> EngineProbe.ask(options.dockerHost()));
    CompletableFuture<Finding> kafka =
        CompletableFuture.supplyAsync(() -> ReachChecks.kafka(options.kafka()));
    CompletableFuture<Finding> postgres =
        CompletableFuture.supplyAsync(() -> ReachChecks.postgres(options.postgres()));
    Path data = options.data(DATA);
    HostMemory memory = HostMemory.read();
    List<Finding> findings = new ArrayList<>();
    findings.add(HostChecks.jdk());
    findings.addAll(DockerChecks.of(engine.join()));
    findings.add(HostChecks.memory(memory));
    findings.add(HostChecks.swap(memory));
    findings.add(HostChecks.disk(data));
    findings.add(HostChecks.data(data));
    Finding stepDown = HostChecks.stepDown(options.postgres() == null);
    if (stepDown != null) {
      findings.add(stepDown);
    }
    findings.add(ReachChecks.port(options.bind(), options.port()));
    findings.add(kafka.join());
    findings.add(postgres.join());
    return findings;
  }

  private void print(Finding finding) {
    spec.commandLine()
        .getOut()
        .printf("%-5s %-13s %s%n", finding.level(), finding.subject(), finding.text());
    if (!finding.mend().isEmpty()) {
      spec.commandLine().getOut().printf("%-5s %-13s -> %s%n", "", "", finding.mend());
    }
  }
}
