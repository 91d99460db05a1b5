import { UserError } from "../../../src/errors.ts";

/** The refusal that `act` ends in: its reason, message and, below, what it shows. */
export function refusalOf(act: () => unknown): { reason: string; message: string; shown: string } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { reason, message, parts } = error;
    return { reason, message, shown: parts.map((part) => (part.kind === "excerpt" ? part.text : "")).join("\n") };
  }
  throw new Error("nothing was refused");
}
