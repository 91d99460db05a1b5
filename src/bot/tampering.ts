import type { Logger } from "pino";
import type { Settings } from "../config/settings.ts";
import { text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type GitHubDelivery, pullRequestOf } from "./delivery.ts";
import { findCommands } from "./github/find-commands.ts";

interface Options {
  readonly settings: Settings;
  readonly services: Pick<Services, "records">;
  readonly log: Logger;
  readonly now: () => number;
}

/** Somebody changed what another person wrote: commands that were not in it before never run, and are written down. */
export async function recordTampering(
  delivery: GitHubDelivery,
  { textBefore, editor }: NonNullable<GitHubDelivery["edit"]>,
  options: Options,
): Promise<void> {
  const { settings, services, log, now } = options;
  const prefix = `/${settings.prefix}`;
  const before = new Set(findCommands(textBefore, prefix).commands.map((line) => line.text));
  const added = findCommands(delivery.text, prefix).commands.filter((line) => !before.has(line.text));
  if (added.length === 0) return;

  const sentence = `${editor.login} put this command into what ${delivery.user.login} wrote. It was not run.`;
  const reply = { outcome: "refused", reason: "tampered", audience: "asker", parts: [text(sentence, "bad")] } as const;
  await services.records.transaction(async ({ audit }) => {
    for (const line of added) {
      const intent = `${delivery.source}:${line.text}`;
      if (await audit.finished(intent)) continue;
      await audit.append({
        intent,
        endedAt: now(),
        durationMs: 0,
        surface: "github",
        actor: `github:${editor.id}`,
        actorName: editor.login,
        command: line.verb,
        text: line.text,
        repository: delivery.repository,
        ...pullRequestOf(delivery),
        outcome: reply.outcome,
        reason: reply.reason,
        reply,
      });
    }
  });
  log.warn({ editor: editor.id, author: delivery.user.id, commands: added.map((line) => line.text) }, "a comment was tampered with");
}
