import { done, type Part, type Reply, type Row, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Command, type Context, defineCommand } from "./command.ts";
import { findCommand } from "./find-command.ts";
import { linkAction } from "./link-action.ts";

export const help = defineCommand({
  name: "help",
  usage: "[command]",
  summary: "Show what you may do here, with examples.",
  examples: ["", "status"],
  role: "any",
  parse: (args) => args.optionalWord()?.toLowerCase(),

  async run(name, context, { invitations }: Pick<Services, "invitations">) {
    const reply = name === undefined ? await overview(context) : await detail(findCommand(name, context), context);
    const action = reply.reason === "explained" ? undefined : linkAction(context.actor, invitations);
    return action ? { ...reply, actions: [action] } : reply;
  },
});

async function overview(context: Context): Promise<Reply> {
  const verdicts = await Promise.all(context.commands.map(async (command) => ({ command, verdict: await context.may(command) })));
  const allowed = verdicts.filter(({ verdict }) => verdict.isAllowed).map(({ command }) => command);
  const others = verdicts.filter(({ verdict }) => !verdict.isAllowed).map(({ command }) => command.name);

  const where = context.target ? ` on ${context.target.repository}` : "";
  const parts: Part[] = [
    text(`What you may do here${where}:`),
    { kind: "table", columns: ["Command", "What it does"], rows: allowed.map((command) => row(command, context)) },
  ];
  if (others.length > 0) parts.push(text(`Not yours here: ${others.join(", ")}. ${context.prefix}can <command> says why.`));
  return done("listed", ...parts);
}

async function detail(command: Command, context: Context): Promise<Reply> {
  const verdict = await context.may(command);
  const examples = command.examples.map((example) => ({ cells: [typed(command, example, context)] }));
  return done(
    "explained",
    text(`${typed(command, command.usage, context)}: ${command.summary}`),
    { kind: "table", columns: ["For example"], rows: examples },
    text(verdict.isAllowed ? "You may use it here." : verdict.message, verdict.isAllowed ? "good" : "bad"),
  );
}

function row(command: Command, context: Context): Row {
  return { cells: [typed(command, command.usage, context), command.summary] };
}

function typed(command: Command, args: string, { prefix }: Context): string {
  return `${prefix}${command.name} ${args}`.trimEnd();
}
