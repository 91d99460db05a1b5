import { Command } from "commander";

interface Options {
  readonly json?: true;
}

export const getPhase = new Command("get-phase")
  .description("Show the phase that the work in this checkout is in, and which of its deliverables are there.")
  .option("--json", "print JSON for other programs")
  .action(async ({ json }: Options) => {
    const [{ openCheckout }, { phaseFindings, phaseInJson, phaseParts }, { done }, { renderTerminal }] = await Promise.all([
      import("./checkout.ts"),
      import("./phase/findings.ts"),
      import("../reply.ts"),
      import("../bot/render/terminal.ts"),
    ]);
    const checkout = await openCheckout();
    try {
      const found = phaseFindings(checkout);
      process.stdout.write(
        json ? `${JSON.stringify(phaseInJson(found), undefined, 2)}\n` : renderTerminal(done("shown", ...phaseParts(found))),
      );
    } finally {
      checkout.close();
    }
  });
