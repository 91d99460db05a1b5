import type { ActionsBlock, Button, ConfirmationDialog, KnownBlock, PlainTextElement, PlainTextOption } from "@slack/types";
import type { Action, Choice, Reply } from "../../reply.ts";
import { clip, printable } from "./printable.ts";

/** The action_id of everything of ours that stands for a command begins so; its value is the command. */
export const commandAction = "command:";
/** Buttons that open a page: Slack tells us of the click all the same, and there is nothing to do then. */
export const pageAction = "page:";
/** The action_id of what opens a dialog begins so; its value is a command that names the place. */
export const openAction = "open:";

const mostButtons = 3;
const longestCommand = 2_000;
/** Slack's limits of a menu and its options. */
const mostOptions = 100;
const longestValue = 150;
const longestLabel = 75;

export const plainText = (text: string): PlainTextElement => ({ type: "plain_text", text, emoji: false });

/**
 * The next steps of a reply: at most three buttons, and a menu.
 *
 * @param isPrivate nobody but the asker sees it
 */
export function renderSteps({ actions = [], choice }: Pick<Reply, "actions" | "choice">, isPrivate = false): KnownBlock[] {
  const menu = choice && renderChoice(choice);
  // What does not fit is left to be typed: a command that is cut would be another one.
  const fitting = actions.filter(({ command }) => command.length <= longestCommand);
  const elements = [
    ...fitting.slice(0, mostButtons).map((action, index) => renderButton(action, index, isPrivate)),
    ...(menu ? [menu] : []),
  ];
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

function renderButton({ label, command, privateUrl, style, confirm, opens }: Action, index: number, isPrivate: boolean): Button {
  const leads = isPrivate && privateUrl !== undefined;
  return {
    type: "button",
    text: plainText(clip(label, 25)),
    ...(leads ? { url: privateUrl, action_id: `${pageAction}${index}` } : { value: command, action_id: idOf(opens, index) }),
    ...(style && { style }),
    ...(confirm && { confirm: renderConfirm(confirm, label) }),
  };
}

const idOf = (opens: Action["opens"], index: number): string =>
  opens === undefined ? `${commandAction}${index}` : `${openAction}${opens}:${index}`;

/** As with buttons, what does not fit is left out. */
function renderChoice({ label, options }: Choice): ActionsBlock["elements"][number] | undefined {
  const fitting = options.filter(({ command }) => [...command].length <= longestValue).slice(0, mostOptions);
  if (fitting.length === 0) return undefined;
  return {
    type: "static_select",
    action_id: `${commandAction}choice`,
    placeholder: plainText(clip(printable(label), 150) || "Choose"),
    options: fitting.map((option) => toOption(option.label, option.command)),
  };
}

/** An option of a menu; `value` must have at most 150 characters. */
export const toOption = (label: string, value: string): PlainTextOption => ({
  text: plainText(clip(printable(label), longestLabel) || " "),
  value,
});

function renderConfirm({ title, text }: NonNullable<Action["confirm"]>, label: string): ConfirmationDialog {
  return {
    title: plainText(clip(printable(title), 100)),
    text: plainText(clip(printable(text), 300)),
    confirm: plainText(clip(label, 30)),
    deny: plainText("Leave it"),
  };
}
