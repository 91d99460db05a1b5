import { Command } from "commander";

interface Options {
  readonly reason?: string;
}

export const setPhase = new Command("set-phase")
  .description("Make another phase the current one of this checkout; what hooks say and stop goes by it.")
  .argument("<phase-id>", "phase-2")
  .argument("[reason...]", "why, behind --")
  .option("--reason <text>", "why")
  .action(async (id: string, words: readonly string[], { reason = words.join(" ") }: Options) => {
    const [{ openCheckout }, { enterPhase }, { renderTerminal }] = await Promise.all([
      import("./checkout.ts"),
      import("./phase/enter.ts"),
      import("../bot/render/terminal.ts"),
    ]);
    const checkout = await openCheckout();
    try {
      process.stdout.write(renderTerminal(enterPhase(checkout, id, reason)));
    } finally {
      checkout.close();
    }
  });
