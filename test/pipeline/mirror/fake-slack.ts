import { WebAPIPlatformError, type WebClient } from "@slack/web-api";

export const channel = "C0000001";
export const botUser = "U0BOT";
export const person = "U0000007";

interface Message {
  readonly ts: string;
  readonly user: string;
  readonly threadTs?: string;
  text: string;
  readonly blocks: readonly Record<string, unknown>[];
  readonly metadata?: unknown;
  editedTs?: string;
}

/** A channel in Slack, with what our sender asks of it and the events that come of everything. */
export function fakeSlack(now: () => number, emit: (event: object) => void, stumble: () => void) {
  const messages = new Map<string, Message>();
  const whispers: { readonly user: string; readonly text: string }[] = [];
  let tick = 0;
  const moment = () => `${Math.floor(now() / 1000)}.${String((++tick % 900_000) + 100_000)}`;

  const shown = ({ ts, user, threadTs, text, blocks, editedTs }: Message) => ({
    type: "message",
    user,
    ...(user === botUser && { bot_id: "B0BOT", blocks }),
    text,
    ts,
    ...(threadTs !== undefined && { thread_ts: threadTs }),
    ...(editedTs !== undefined && { edited: { user, ts: editedTs } }),
  });
  const common = () => ({ type: "message", channel, channel_type: "channel", event_ts: moment() });

  function add(message: Omit<Message, "ts">): Message {
    const said = { ...message, ts: moment() };
    messages.set(said.ts, said);
    emit({ ...shown(said), ...common() });
    return said;
  }

  function edit(ts: string, change: Partial<Message>): void {
    const before = messages.get(ts);
    if (!before) throw refused("message_not_found");
    const after = { ...before, ...change, editedTs: moment() };
    messages.set(ts, after);
    emit({ ...common(), subtype: "message_changed", ts: moment(), message: shown(after), previous_message: shown(before) });
  }

  function remove(ts: string): void {
    const before = messages.get(ts);
    if (!before) throw refused("message_not_found");
    messages.delete(ts);
    emit({ ...common(), subtype: "message_deleted", ts: moment(), deleted_ts: ts, previous_message: shown(before) });
  }

  const found = () => ({ ok: true, messages: [...messages.values()] });
  const content = ({ text = "", blocks = [], metadata }: Record<string, unknown>) => ({ text, blocks, metadata }) as Message;
  const client = {
    chat: {
      async postMessage(args: Record<string, unknown>) {
        const thread = args.thread_ts === undefined ? {} : { threadTs: String(args.thread_ts) };
        const { ts } = add({ ...content(args), ...thread, user: botUser });
        stumble();
        return { ok: true, ts };
      },
      async update(args: Record<string, unknown>) {
        edit(String(args.ts), content(args));
        stumble();
        return { ok: true, ts: args.ts };
      },
      async delete(args: Record<string, unknown>) {
        remove(String(args.ts));
        stumble();
        return { ok: true, ts: args.ts };
      },
      async postEphemeral({ user, text }: { user: string; text: string }) {
        whispers.push({ user, text });
        return { ok: true };
      },
    },
    conversations: { history: async () => found(), replies: async () => found() },
  };

  return {
    messages,
    whispers,
    say: (text: string, threadTs: string, user = person) => add({ text, user, threadTs, blocks: [] }),
    edit: (ts: string, text: string) => messages.has(ts) && edit(ts, { text }),
    remove: (ts: string) => messages.has(ts) && remove(ts),
    client: client as unknown as WebClient,
  };
}

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error, response_metadata: {} } as never);
