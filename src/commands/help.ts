import { type Action, done, type Fact, facts, type Part, type Reply, type Row, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Command, type Context, defineCommand } from "./command.ts";
import { findCommand } from "./find-command.ts";
import { linkAction } from "./link-action.ts";

const mostButtons = 3;

/** Offered where somebody may not do what they asked for. */
export const whatMayI: Action = { label: "What may I do here?", command: "help" };

export const help = defineCommand({
  name: "help",
  usage: "[command]",
  summary: "Show what you may do here, with examples.",
  examples: [
    { args: "", does: "what you may do here", canBeTried: true },
    { args: "status", does: "one command, with examples", canBeTried: true },
  ],
  role: "any",
  parse: (args) => args.optionalWord()?.toLowerCase(),

  async run(name, context, { invitations }: Pick<Services, "invitations">) {
    if (name !== undefined) return detail(await findCommand(name, context, (meant) => `help ${meant}`), context);
    const reply = await overview(context);
    const action = linkAction(context.actor, invitations);
    return action ? { ...reply, actions: [action] } : reply;
  },
});

const groups: readonly { readonly title: string; holds(command: Command): boolean }[] = [
  { title: "Look:", holds: ({ role, isMutating }) => role !== "admin" && !isMutating },
  { title: "Act:", holds: ({ role, isMutating }) => role !== "admin" && isMutating === true },
  { title: "Administer:", holds: ({ role }) => role === "admin" },
];

async function overview(context: Context): Promise<Reply> {
  const offered = context.commands.filter(context.isOffered);
  const verdicts = await Promise.all(offered.map(async (command) => ({ command, verdict: await context.may(command) })));
  const allowed = verdicts.filter(({ verdict }) => verdict.isAllowed).map(({ command }) => command);
  const others = verdicts.filter(({ verdict }) => !verdict.isAllowed).map(({ command }) => command.name);

  const where = context.target ? ` on ${context.target.repository}` : "";
  const parts: Part[] = [text(`What you may do here${where}:`)];
  for (const { title, holds } of groups) {
    const rows = allowed.filter(holds).map((command) => row(command, context));
    if (rows.length > 0) parts.push(text(title), { kind: "table", columns: ["Command", "What it does"], rows });
  }
  parts.push(text(`${context.prefix}help <command> shows examples.`));
  if (others.length > 0) parts.push(text(`Not yours here: ${others.join(", ")}. ${context.prefix}can <command> says why.`));
  return done("listed", ...parts);
}

async function detail(command: Command, context: Context): Promise<Reply> {
  const verdict = await context.may(command);
  const examples = command.examples.map(({ args, does }) => ({ cells: [typed(command, args, context), does] }));
  const reply = done(
    "explained",
    text(`${typed(command, command.usage, context)}: ${command.summary}`),
    facts(...(await about(command, context))),
    { kind: "table", columns: ["For example", "What it does"], rows: examples },
    context.isOffered(command)
      ? text(verdict.isAllowed ? "You may use it here." : verdict.message, verdict.isAllowed ? "good" : "bad")
      : text("It has nothing to work on here. Use it to be told what to configure.", "idle"),
  );
  const actions = verdict.isAllowed ? whatCanBeTried(command) : [];
  return actions.length === 0 ? reply : { ...reply, actions };
}

async function about(command: Command, context: Context): Promise<readonly Fact[]> {
  const held = await context.role();
  const frozen = command.worksWhileFrozen ? ", in a frozen repository too" : "";
  return [
    { label: "Needs", value: command.role === "any" ? "no role" : `the role ${command.role}` },
    ...(held ? [{ label: "You hold", value: held }] : []),
    { label: "Changes something", value: command.isMutating ? `yes${frozen}` : "no" },
    ...(command.ask ? [{ label: "Asks first", value: "yes: nothing is done before you confirm" }] : []),
  ];
}

function whatCanBeTried({ name, examples }: Command): readonly Action[] {
  const tried = examples.filter(({ canBeTried }) => canBeTried).slice(0, mostButtons);
  return tried.map(({ args }) => `${name} ${args}`.trim()).map((command) => ({ label: command, command }));
}

function row(command: Command, context: Context): Row {
  return { cells: [typed(command, command.usage, context), command.summary] };
}

function typed(command: Command, args: string, { prefix }: Context): string {
  return `${prefix}${command.name} ${args}`.trimEnd();
}
