import { type CommandLine, parseSlashText } from "../commands/grammar/command-line.ts";
import { UserError } from "../errors.ts";
import type { StoredMessage } from "../pipeline/outbox.ts";
import { buttonOf } from "../pipeline/own-checks.ts";
import type { PressDelivery } from "./delivery.ts";

/** What somebody who pressed a button of a check run wants. */
export interface Wanted {
  readonly line: CommandLine;
  /** Why it cannot be had. */
  readonly refusal?: UserError;
}

/** Stand where a button stands for no command; in brackets, because no command is. */
const nothingToRun = "(run it again)";
const goneButton = "(a button that is gone)";

const refusals: Readonly<Record<string, () => UserError>> = {
  [nothingToRun]: () =>
    new UserError("not_applicable", "nothing_to_run_again", "There is nothing here to run again. This is how it stands now."),
  [goneButton]: () =>
    new UserError("not_applicable", "button_gone", "What you pressed is not offered here any more, so nothing was done. Look at it again."),
};

/** Finds the command behind a button in the message as we keep it, so that only words of our own run; a press that is known keeps its own. */
export function wantedBy({ source, press }: PressDelivery, message: StoredMessage | undefined): Wanted {
  const known = message?.answers.find((answer) => answer.press?.id === source)?.command;
  const text = known ?? commandOf(press.button, message);
  const refusal = refusals[text];
  return refusal ? { line: { verb: "", text, rest: "" }, refusal: refusal() } : { line: parseSlashText(text) };
}

function commandOf(button: string | undefined, message: StoredMessage | undefined): string {
  const actions = message?.answers[0]?.reply.actions ?? [];
  if (button === undefined) return actions.find(({ command }) => /^retry-job\b/.test(command))?.command ?? nothingToRun;
  // What it stood for counts, wherever it stands by now.
  const meant = (id: string): string => id.slice(id.indexOf("-"));
  return actions.find((action, ordinal) => meant(buttonOf(action, ordinal)) === meant(button))?.command ?? goneButton;
}
