import { createHash } from "node:crypto";
import manifest from "../../../package.json" with { type: "json" };
import { estimateTokens } from "../../pipeline/sessions/estimate-tokens.ts";
import type { Journal } from "../../pipeline/sessions/journal.ts";
import { touchSession } from "../../pipeline/sessions/life.ts";
import { promptUse } from "../../pipeline/sessions/prompt-use.ts";
import type { HookModule } from "../module.ts";

const name = "prompt-audit";
const summary = "Writes down how long each prompt is and how many tokens that may be, and afterwards what came of it; not what it says.";

const excerptCharacters = 200;
/** A secret that begins within the excerpt is known by what follows. */
const maskedCharacters = 4_000;

export const promptAudit: HookModule<"user-prompt-submit"> = {
  name,
  summary,
  async run({ session_id: session, prompt_id: id, transcript_path: transcript, prompt }, context) {
    if (session === undefined || id === undefined) return undefined;
    const excerpt = context.settings.promptAudit.keepExcerpt ? await excerptOf(prompt) : undefined;
    const { now } = context;
    const journal = context.journal();
    journal.transaction(() => {
      touchSession(journal, { id: session, origin: context.origin(), version: manifest.version, ...(transcript && { transcript }) }, now());
      journal.prompts.put({
        ...{ id, session, at: now(), characters: prompt.length, estimatedTokens: estimateTokens(prompt) },
        sha256: createHash("sha256").update(prompt).digest("hex"),
        ...(excerpt !== undefined && { excerpt }),
      });
    });
    return undefined;
  },
};

async function excerptOf(prompt: string): Promise<string> {
  const { mask } = await import("../../pipeline/logs/mask.ts");
  return mask(prompt.slice(0, maskedCharacters), []).slice(0, excerptCharacters);
}

/** Behind `usage-capture`, which reads what the turn used. */
export const promptAuditAtStop: HookModule<"stop"> = {
  name,
  summary,
  run({ session_id: session, prompt_id: id }, context) {
    if (session !== undefined) correlate(context.journal(), session, id);
    return undefined;
  },
};

/** Turns that were broken off have no stop. */
export const promptAuditAtEnd: HookModule<"session-end"> = {
  name,
  summary,
  run({ session_id: session }, context) {
    if (session !== undefined) correlate(context.journal(), session, undefined);
    return undefined;
  },
};

/** A turn may stop several times: that of the prompt that was named last is added up anew. */
function correlate(journal: Journal, session: string, last: string | undefined): void {
  const compactedAt = journal.sessions.find(session)?.compactedAt;
  const waiting = journal.prompts.waiting(session).map(({ id }) => id);
  journal.transaction(() => {
    for (const id of new Set([...waiting, ...(last === undefined ? [] : [last])])) {
      const turn = journal.requests.ofPrompt(id);
      const [first] = turn;
      if (first) journal.prompts.use(id, promptUse(turn, journal.requests.lastBefore(session, first.at), compactedAt));
    }
  });
}
