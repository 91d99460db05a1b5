import { Command } from "commander";
import type { Carried } from "./migrate/carry-out.ts";

interface Options {
  readonly apply?: true;
  readonly json?: true;
}

export const migrate = new Command("migrate")
  .description(
    "Bring over what an older pipeline kept in this checkout: usage, prompts, phases, known issues, failures, backoff, commands.",
  )
  .option("--apply", "do it; without this it is only shown what would be done")
  .option("--json", "print the report as JSON")
  .action(async ({ apply, json }: Options) => {
    const [{ stepsIn }, { carryOut }, { renderReport, reportJson }] = await Promise.all([
      import("./migrate/steps-in.ts"),
      import("./migrate/carry-out.ts"),
      import("./migrate/report.ts"),
    ]);
    const { steps, close } = await stepsIn(process.cwd(), process.env, apply === true);
    try {
      const done: readonly Carried[] = apply ? await carryOut(steps) : steps.map((step) => ({ step }));
      process.stdout.write(json ? reportJson(done, apply === true) : renderReport(done, apply === true));
      if (done.some(({ problem }) => problem !== undefined)) process.exitCode = 1;
    } finally {
      close();
    }
  });
