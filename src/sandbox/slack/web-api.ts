import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { corrections } from "./answers.ts";
import type { Exchanges } from "./exchanges.ts";
import type { Fault, Faults } from "./faults.ts";
import { refusalOf } from "./refusal.ts";
import { type Block, type SeenMessage, withBlockIds } from "./seen-message.ts";
import type { Transcript } from "./transcript.ts";
import type { Uploads } from "./uploads.ts";
import { showView, viewRefusal } from "./views/answer-views.ts";
import type { Screens } from "./views/screens.ts";
import { type ApiAnswer, app, type Workspace } from "./workspace.ts";

export interface ApiCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly ok: boolean;
  readonly error?: string;
  readonly tookMs: number;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: ApiAnswer;
}

/** What happened to a message of the app: it came, another one took its place, or it went. */
export interface BotSaid {
  readonly before?: SeenMessage | undefined;
  readonly after?: SeenMessage | undefined;
}

interface WebApi {
  readonly token: string;
  /** The app-level token, which is good for opening sockets and for nothing else. */
  readonly appToken: string;
  /** A new address for a socket. */
  openSocket(): string;
  readonly workspace: Workspace;
  readonly transcript: Transcript;
  readonly screens: Screens;
  readonly faults: Faults;
  readonly exchanges: Exchanges;
  readonly uploads: Uploads;
  record(call: ApiCall): void;
  /** Told of each message of the app that all can see, and of each change of one. */
  onSay(said: BotSaid): void;
}

const isSay = new Set(["chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete"]);

/** Answers one call of the Web API as Slack would: faults, token, limits, then the emulation, corrected. */
export async function answerApi(api: WebApi, method: string, request: IncomingMessage, body: Buffer): Promise<ApiResponse> {
  const startedAt = performance.now();
  const args = parseArgs(request.headers["content-type"] ?? "", body);
  const fault = await api.faults.meet(method, args);
  if (fault?.hang) await sleep(2 ** 31 - 1, undefined, { ref: false });
  const response = fault === undefined ? { status: 200, body: await answer(api, method, args, tokenOf(request, args)) } : toResponse(fault);

  const { token: _, ...shownArgs } = args;
  const { ok, error } = response.body;
  if (fault === undefined) api.exchanges.tell({ method, args: shownArgs, answer: response.body });
  api.record({ method, args: shownArgs, ok, ...(error === undefined ? {} : { error }), tookMs: performance.now() - startedAt });
  return response;
}

async function answer(api: WebApi, method: string, args: Args, given: string): Promise<ApiAnswer> {
  const { token, appToken, workspace, transcript, screens, uploads, onSay } = api;
  if (given === "") return { ok: false, error: "not_authed" };
  if (given !== token && given !== appToken) return { ok: false, error: "invalid_auth" };
  if ((given === appToken) !== (method === "apps.connections.open")) return { ok: false, error: "not_allowed_token_type" };

  const refusal = refusalOf(method, args, workspace) ?? viewRefusal(method, args, screens);
  if (refusal) return refusal;
  if (method === "apps.connections.open") return { ok: true, url: api.openSocket() };
  if (method === "usergroups.users.list") return groupMembers(workspace, String(args.usergroup));

  const prepared = prepare(method, args);
  const plain = await workspace.call(method, prepared);
  if (!plain.ok) return plain;

  const corrected = corrections[method]?.(plain, prepared, workspace) ?? plain;
  if (isSay.has(method)) onSay(show(transcript, method, prepared, corrected));
  if (method === "files.getUploadURLExternal") return uploads.opened(corrected);
  if (method === "files.completeUploadExternal") uploads.completed(prepared, corrected);
  if (method.startsWith("views.")) showView(method, prepared, corrected, workspace.askerOf, screens);
  return corrected;
}

/** The emulation has no user groups. */
function groupMembers({ groups }: Workspace, group: string): ApiAnswer {
  const users = groups.get(group);
  return users ? { ok: true, users } : { ok: false, error: "no_such_subteam" };
}

type Args = Readonly<Record<string, unknown>>;

function prepare(method: string, args: Args): Args {
  if (method.startsWith("views.")) {
    const view = args.view as { blocks: Block[] };
    return { ...args, view: { ...view, blocks: withBlockIds(view.blocks) } };
  }
  if (!isSay.has(method)) return args;
  const blocks = args.blocks === undefined ? {} : { blocks: withBlockIds(args.blocks as Block[]) };
  return { ...args, ...blocks, bot_id: app.botId, app_id: app.id };
}

function show(transcript: Transcript, method: string, args: Args, answered: ApiAnswer): BotSaid {
  const channel = String(answered.channel ?? args.channel);
  const said = (answered.message ?? args) as Args;
  const content = { text: String(said.text ?? ""), blocks: (said.blocks ?? []) as Block[] };
  const thread = args.thread_ts === undefined ? {} : { threadTs: String(args.thread_ts) };
  const bot = { authorId: app.botUserId, author: app.name };
  const id = `${channel}-${String(args.ts)}`;

  const before = transcript.find(id);
  if (method === "chat.update") return { before, after: transcript.edit(id, content) };
  if (method === "chat.postMessage") return { after: transcript.show({ ...bot, ...content, ...thread, channel, ts: String(answered.ts) }) };
  if (method === "chat.delete") transcript.remove(id);
  else transcript.show({ ...bot, ...content, ...thread, channel, ts: String(answered.message_ts), visibleTo: String(args.user) });
  return method === "chat.delete" ? { before } : {};
}

/** The SDK sends forms whose structured fields are JSON; people send JSON. */
function parseArgs(contentType: string, body: Buffer): Args {
  if (contentType.includes("application/json")) return JSON.parse(body.toString() || "{}") as Args;
  const fields = Object.fromEntries(new URLSearchParams(body.toString()));
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, structured.has(key) ? parseJson(value) : value]));
}

const structured = new Set(["blocks", "attachments", "files", "metadata", "view"]);

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function tokenOf(request: IncomingMessage, args: Args): string {
  return request.headers.authorization?.replace(/^Bearer\s+/i, "") ?? String(args.token ?? "");
}

function toResponse({ error, status, retryAfter }: Fault): ApiResponse {
  if (retryAfter !== undefined)
    return { status: status ?? 429, headers: { "retry-after": String(retryAfter) }, body: { ok: false, error: error ?? "ratelimited" } };
  return { status: status ?? 200, body: { ok: false, error: error ?? "internal_error" } };
}
