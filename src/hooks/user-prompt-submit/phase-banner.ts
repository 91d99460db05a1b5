import { createHash } from "node:crypto";
import type { HookModule } from "../module.ts";
import { tell } from "../module.ts";
import { phaseLine, phaseNow } from "../phase/phase-line.ts";

export const phaseBanner: HookModule<"user-prompt-submit"> = {
  name: "phase-banner",
  summary: "Tells the model in one line which phase the project is in and how far it is, and again when that changes.",

  run({ session_id: session = "" }, context) {
    const here = phaseNow(context);
    if (!here) return undefined;
    const line = phaseLine(here, context.place.project);
    const key = `phase-banner:${createHash("sha256").update(`${session}\n${line}`).digest("hex")}`;
    const isNew = context.journal().once.take(key, context.settings.phaseBanner.everyMinutes * 60_000, context.now());
    return isNew ? tell(`${line}.`) : undefined;
  },
};
