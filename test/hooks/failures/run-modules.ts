import type { HookModuleName } from "../../../src/config/hooks.ts";
import type { Context } from "../../../src/hooks/context.ts";
import { dispatch } from "../../../src/hooks/dispatch.ts";
import { table } from "../../../src/hooks/index.ts";
import type { PayloadOf } from "../../../src/hooks/payload.ts";
import { aPayload } from "../captured/payload.ts";

const ofFailures: readonly HookModuleName[] = ["failure-tracking", "known-issue", "error-snapshot", "design-request"];

const log = {
  ran: () => {},
  failed: (module: string, error: unknown) => {
    throw new Error(`${module} failed`, { cause: error });
  },
};

/** What the modules for failures say to the model when a tool failed, in the order of the table. */
export async function fail(payload: Partial<PayloadOf<"post-tool-use-failure">>, context: Context): Promise<readonly string[]> {
  const own = { ...table, "post-tool-use-failure": table["post-tool-use-failure"].filter(({ name }) => ofFailures.includes(name)) };
  const said = await dispatch("post-tool-use-failure", aPayload("post-tool-use-failure", payload), { table: own, context, log });
  return said.flatMap((one) => (one.kind === "tell" ? [one.text] : []));
}

export const failCommand = (command: string, error: string, context: Context) => fail({ tool_input: { command }, error }, context);

/** A tool passed. */
export async function pass(payload: Partial<PayloadOf<"post-tool-use">>, context: Context): Promise<void> {
  const own = { ...table, "post-tool-use": table["post-tool-use"].filter(({ name }) => ofFailures.includes(name)) };
  await dispatch("post-tool-use", aPayload("post-tool-use", payload), { table: own, context, log });
}

export const passCommand = (command: string, context: Context) => pass({ tool_input: { command } }, context);
