import manifest from "../../../package.json" with { type: "json" };
import type { HookModule } from "../module.ts";

export const receipt: HookModule<"session-start"> = {
  name: "receipt",
  summary: "Writes down that a session has started: the proof that its hooks are alive.",
  async run({ session_id: id, transcript_path: transcript, source }, context) {
    if (id === undefined) return undefined;
    const { startSession } = await import("../../pipeline/sessions/life.ts");
    const seen = { id, origin: context.origin(), version: manifest.version, ...(transcript && { transcript }), ...(source && { source }) };
    startSession(context.journal(), seen, context.now());
    return undefined;
  },
};
