import type { Answer } from "../../pipeline/outbox.ts";
import { buttonOf, clicksOf } from "../../pipeline/own-checks.ts";
import type { Action, Reply } from "../../reply.ts";
import { inOneLine } from "./icons.ts";
import { cutToFit, renderReply } from "./markdown.ts";
import { codeSpan, escapeMarkdown } from "./markdown-escape.ts";
import { clip, printable } from "./printable.ts";

/** GitHub takes no more of each. */
const longestSummary = 65_535;
const mostButtons = 3;
const longestLabel = 20;
const longestDescription = 40;

const longestTitle = 255;
const longestOutcome = 500;
const shownPresses = 3;

interface CheckRun {
  readonly title: string;
  readonly summary: string;
  readonly detailsUrl?: string;
  readonly actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

/**
 * Renders a reply as a check run: its first next steps are buttons, the others commands to copy. On top stands what people pressed last.
 *
 * @param name of the check run, where there are no other words
 * @param answers the reply, and one for each press; none when it is over
 */
export function renderCheckRun(name: string, prefix: string, answers: readonly Answer[]): CheckRun {
  const reply = answers[0]?.reply;
  if (!reply) return { title: "Over", summary: "There is nothing to see here any more.", actions: [] };

  const title = clip(titleOf(reply) || name, longestTitle);
  const actions = reply.actions ?? [];
  const presses = clicksOf({ answers }).slice(-shownPresses).reverse();
  const lines = presses.map((press) => renderPress(press, prefix)).join("  \n");
  const body = renderReply({ ...reply, actions: actions.slice(mostButtons) }, undefined, undefined, prefix);
  const blocks = [lines, body.trim() === "" ? escapeMarkdown(title) : body].filter((block) => block !== "");
  return {
    title,
    summary: cutToFit(blocks.join("\n\n"), longestSummary),
    ...(reply.link && { detailsUrl: reply.link.url }),
    actions: actions.slice(0, mostButtons).map((action, ordinal) => toButton(action, ordinal, prefix)),
  };
}

/** It is plain text to GitHub. */
function titleOf(reply: Reply): string {
  const first = reply.parts.find((part) => part.kind === "text");
  return first ? printable(first.text).replaceAll(/\s+/g, " ").trim() : inOneLine(reply);
}

const toButton = (action: Action, ordinal: number, prefix: string) => ({
  label: clip(printable(action.label), longestLabel),
  description: clip(printable(prefix + action.command), longestDescription),
  identifier: buttonOf(action, ordinal),
});

/** What has to be answered is answered by a comment. */
function renderPress({ command = "", reply, press }: Answer, prefix: string): string {
  const words = reply.parts.length === 0 ? "…" : `: ${escapeMarkdown(clip(titleOf(reply), longestOutcome))}`;
  const steps = [...(reply.actions ?? []), ...(reply.choice?.options ?? [])].map((step) => ` ${codeSpan(prefix + step.command)}`);
  return `**${escapeMarkdown(press?.by ?? "")}** asked ${codeSpan(clip(command, 200))}${words}${steps.join("")}`;
}
