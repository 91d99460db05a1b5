import { createHash } from "node:crypto";
import manifest from "../../../package.json" with { type: "json" };
import { mask } from "../../pipeline/logs/mask.ts";
import { estimateTokens } from "../../pipeline/sessions/estimate-tokens.ts";
import type { Journal } from "../../pipeline/sessions/journal.ts";
import { touchSession } from "../../pipeline/sessions/life.ts";
import { promptUse } from "../../pipeline/sessions/prompt-use.ts";
import type { Context } from "../context.ts";
import type { PayloadOf } from "../payload.ts";
import { secretsIn } from "../secrets.ts";

const excerptCharacters = 200;
/** A secret that begins within the excerpt is known by what follows. */
const maskedCharacters = 4_000;

export function writeDown(
  { session_id: session, prompt_id: id, transcript_path: transcript, prompt }: PayloadOf<"user-prompt-submit">,
  context: Context,
): void {
  if (session === undefined || id === undefined) return;
  const journal = context.journal();
  const at = context.now();
  journal.transaction(() => {
    touchSession(journal, { id: session, origin: context.origin(), version: manifest.version, ...(transcript && { transcript }) }, at);
    journal.prompts.put({
      ...{ id, session, at, characters: prompt.length, estimatedTokens: estimateTokens(prompt) },
      sha256: createHash("sha256").update(prompt).digest("hex"),
      ...(context.settings.promptAudit.keepExcerpt && { excerpt: excerptOf(prompt, secretsIn(context.variables)) }),
    });
  });
}

const excerptOf = (prompt: string, secrets: readonly string[]): string =>
  mask(prompt.slice(0, maskedCharacters), secrets).slice(0, excerptCharacters);

/** A turn may stop several times: that of the prompt that was named last is added up anew. */
export function correlate(journal: Journal, session: string, last: string | undefined): void {
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
