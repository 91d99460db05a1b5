import { argumentComplaints } from "./arguments.ts";
import { blockKitProblem } from "./block-kit/message.ts";
import { viewComplaints } from "./block-kit/view.ts";
import type { ApiAnswer, Workspace } from "./workspace.ts";

type Args = Readonly<Record<string, unknown>>;

const mostAttachments = 100;

const withContent = new Set(["chat.postMessage", "chat.postEphemeral", "chat.update"]);
const forMembers = new Set([...withContent, "chat.delete", "conversations.history", "conversations.replies"]);

/** Slack's refusal of a call for what it says or where; undefined where there is no reason. */
export function refusalOf(method: string, args: Args, { absentFrom }: Pick<Workspace, "absentFrom">): ApiAnswer | undefined {
  const complaints = argumentComplaints(method, args);
  if (complaints.length > 0) return refuse("invalid_arguments", complaints);
  if (forMembers.has(method) && absentFrom.has(String(args.channel))) return refuse("not_in_channel");
  if (args.view !== undefined) {
    const ofView = viewComplaints(args.view);
    return ofView.length > 0 ? refuse("invalid_arguments", ofView) : undefined;
  }
  return withContent.has(method) ? contentRefusal(args) : undefined;
}

function contentRefusal({ blocks, attachments }: Args): ApiAnswer | undefined {
  if (Array.isArray(attachments) && attachments.length > mostAttachments) return refuse("too_many_attachments");
  const problem = blocks === undefined ? undefined : blockKitProblem(blocks);
  return problem && refuse(problem.error, problem.messages);
}

const refuse = (error: string, messages?: readonly string[]): ApiAnswer => ({
  ok: false,
  error,
  ...(messages && { response_metadata: { messages } }),
});
