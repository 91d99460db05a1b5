import type { Terminal } from "../terminal.ts";
import type { Around, Seen, Service } from "./service.ts";

const signs: Readonly<Record<Seen["state"], string>> = { works: "✓", missing: "–", wrong: "✗", unchecked: "?" };

/** One after the other where somebody follows; else all at once. */
export async function tellServices(services: readonly Service[], around: Around, terminal: Terminal): Promise<void> {
  if (!terminal.isInteractive) {
    const seen = await Promise.all(services.map(async (service) => inWords(service, await service.look(around))));
    terminal.print(
      `\nAI services and what goes with them; each may be missing. Lines that begin with export go into the profile of your shell:\n${seen.join("")}`,
    );
    return;
  }
  terminal.print(
    "\nNow the AI services, and what goes with them. Each may be missing. Lines that begin with export go into the profile of your shell.\n",
  );
  for (const [index, service] of services.entries()) {
    terminal.print(`\n${inWords(service, await service.look(around))}`);
    if (index < services.length - 1) await terminal.ask("  Enter to go on ");
  }
}

function inWords({ name, purpose }: Service, { state, says, next = [] }: Seen): string {
  return [`${signs[state]} ${name} (${purpose})`, `  ${says}`, ...next.map((line) => `    ${line}`), ""].join("\n");
}
