import { keepArtefact } from "../artefacts/keep-artefact.ts";
import type { Context } from "../context.ts";
import { type HookModule, type SaidAt, tell } from "../module.ts";
import { fullTextOf } from "../output/full-text.ts";
import { howItEnded } from "../output/how-it-ended.ts";
import { toolOutput } from "../output/tool-output.ts";
import type { PayloadOf } from "../payload.ts";
import { secretsIn } from "../secrets.ts";
import { type Recognised, recognise } from "../shell/recognise.ts";

type Payload = PayloadOf<"post-tool-use">;

export const successArtefacts: HookModule<"post-tool-use"> = {
  name: "success-artefacts",
  summary: "Keeps a summary of each build, a report of each test run, and a draft of the release notes when a version is tagged.",
  tools: ["Bash"],
  async run(payload, context) {
    const { command } = payload.tool_input;
    if (typeof command !== "string" || howItEnded(payload) !== "by itself") return undefined;
    const { commands } = await context.commandsIn(command);
    const known = commands.flatMap((one) => recognise(one, context.settings.successArtefacts.commands) ?? []);
    const run = known.find(({ kind }) => kind === "test") ?? known.find(({ kind }) => kind === "build");
    if (run) await keepRun(run, command, payload, context);
    const release = known.find((one) => one.kind === "release");
    return release && keepNotes(release, payload, context);
  },
};

async function keepRun({ kind, tool }: Recognised, command: string, payload: Payload, context: Context): Promise<void> {
  if (kind === "release") return;
  const output = toolOutput(payload.tool_response);
  const text = (output && fullTextOf(output, payload)?.text) ?? output?.text ?? "";
  const { runReport } = await import("../artefacts/run-report.ts");
  const report = runReport(
    { kind, command, tool, head: context.head(), durationMs: payload.duration_ms, output: text },
    secretsIn(context.variables),
  );
  keepArtefact(report, useOf(payload), context.settings.successArtefacts.keep, context);
}

async function keepNotes(
  { tag, folder }: Extract<Recognised, { kind: "release" }>,
  payload: Payload,
  context: Context,
): Promise<SaidAt<"post-tool-use"> | undefined> {
  const { commitsOfTag } = await import("../artefacts/commits-of-tag.ts");
  const tagged = await commitsOfTag(folder ?? context.place.cwd, tag);
  if (!tagged) {
    if (tag !== undefined) context.note("git does not say what the tag of a version holds");
    return undefined;
  }
  const { releaseNotes, releaseNotesInMarkdown } = await import("../../pipeline/release-notes.ts");
  const { mask } = await import("../../pipeline/logs/mask.ts");
  const { withoutControls } = await import("../../pipeline/logs/to-plain-line.ts");
  const secrets = secretsIn(context.variables);
  const commits = tagged.commits.map((commit) => ({ ...commit, subject: mask(withoutControls(commit.subject), secrets) }));
  const notes = releaseNotes(tagged.tag, tagged.previous, commits);
  const artefact = { kind: "release-notes", markdown: releaseNotesInMarkdown(notes), content: notes } as const;
  const path = keepArtefact(artefact, useOf(payload), context.settings.successArtefacts.keep, context);
  return tell(
    `Draft release notes of ${tagged.tag}, from ${notes.commits === 1 ? "1 commit" : `${notes.commits} commits`}, are in ${path}.`,
  );
}

const useOf = ({ tool_use_id: use }: Payload): string => use ?? "unnamed";
