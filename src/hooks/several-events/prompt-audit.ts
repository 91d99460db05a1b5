import type { HookModule } from "../module.ts";

const name = "prompt-audit";
const summary = "Writes down how long each prompt is and how many tokens that may be, and afterwards what came of it; not what it says.";

/** Loaded only for prompts: hashing alone takes a quarter of what a hook may take before a tool. */
const load = () => import("../prompt/audit.ts");

export const promptAudit: HookModule<"user-prompt-submit"> = {
  name,
  summary,
  async run(payload, context) {
    (await load()).writeDown(payload, context);
    return undefined;
  },
};

/** Behind `usage-capture`, which reads what the turn used. */
export const promptAuditAtStop: HookModule<"stop"> = {
  name,
  summary,
  async run({ session_id: session, prompt_id: id }, context) {
    if (session !== undefined) (await load()).correlate(context.journal(), session, id);
    return undefined;
  },
};

/** Turns that were broken off have no stop. */
export const promptAuditAtEnd: HookModule<"session-end"> = {
  name,
  summary,
  async run({ session_id: session }, context) {
    if (session !== undefined) (await load()).correlate(context.journal(), session, undefined);
    return undefined;
  },
};
