import { z } from "zod";
import { complaintsOf } from "./block-kit/complaint.ts";

// The argument types of web-api at run time, for the methods that we use. A form carries numbers and booleans as text.
const text = z.string();
const id = z.string().min(1, "must not be empty");
const ts = z.string().regex(/^\d+(\.\d+)?$/, "must be a timestamp");
const flag = z.union([z.boolean(), z.enum(["true", "false"])]);
const count = z.union([z.int().positive(), z.string().regex(/^[1-9]\d*$/, "must be a whole number")]);
const json = z.record(z.string(), z.unknown());
const things = z.array(json);

const optional = <T extends z.ZodRawShape>(shape: T) => z.object(shape).partial().shape;

const cursor = optional({ limit: count, cursor: text });
const window = optional({ oldest: ts, latest: ts, inclusive: flag });
const words = optional({ text, blocks: things, attachments: things, markdown_text: text });
const author = optional({ as_user: flag, icon_emoji: text, icon_url: text, username: text });
const reading = optional({ parse: z.enum(["full", "none"]), link_names: flag });
const metadata = { metadata: z.strictObject({ event_type: id, event_payload: json, entities: things.optional() }).optional() };
const unfurls = optional({ unfurl_links: flag, unfurl_media: flag });
const thread = { thread_ts: ts.optional() };

const methods: Readonly<Record<string, z.ZodObject>> = {
  "apps.connections.open": z.strictObject({}),
  "auth.test": z.strictObject({}),
  "chat.delete": z.strictObject({ channel: id, ts, as_user: flag.optional() }),
  "chat.postEphemeral": z.strictObject({ channel: id, user: id, ...words, ...author, ...reading, ...thread }),
  "chat.postMessage": z.strictObject({
    channel: id,
    ...words,
    ...author,
    ...reading,
    ...metadata,
    ...unfurls,
    ...thread,
    reply_broadcast: flag.optional(),
    mrkdwn: flag.optional(),
  }),
  "chat.update": z.strictObject({
    channel: id,
    ts,
    ...words,
    ...reading,
    ...metadata,
    as_user: flag.optional(),
    file_ids: z.union([text, z.array(text)]).optional(),
    reply_broadcast: flag.optional(),
  }),
  "conversations.history": z.strictObject({ channel: id, include_all_metadata: flag.optional(), ...cursor, ...window }),
  "conversations.info": z.strictObject({ channel: id, include_locale: flag.optional(), include_num_members: flag.optional() }),
  "conversations.members": z.strictObject({ channel: id, ...cursor }),
  "conversations.open": z.strictObject(optional({ channel: id, users: id, prevent_creation: flag, return_im: flag })),
  "conversations.replies": z.strictObject({ channel: id, ts, include_all_metadata: flag.optional(), ...cursor, ...window }),
  "files.completeUploadExternal": z.strictObject({
    files: z.array(z.strictObject({ id, title: text.optional(), highlight_type: text.optional() })).min(1, "must not be empty"),
    ...optional({ channel_id: id, channels: text, initial_comment: text, blocks: things }),
    ...thread,
  }),
  // `count` refuses 0: Slack takes no empty file.
  "files.getUploadURLExternal": z.strictObject({ filename: id, length: count, ...optional({ alt_text: text, snippet_type: text }) }),
  "usergroups.users.list": z.strictObject({ usergroup: id, include_disabled: flag.optional() }),
  "users.info": z.strictObject({ user: id, include_locale: flag.optional() }),
  "views.open": z.strictObject({ view: json, ...optional({ trigger_id: id, interactivity_pointer: id }) }),
  "views.update": z.strictObject({ view: json, ...optional({ view_id: id, external_id: id, hash: text }) }),
  "views.publish": z.strictObject({ view: json, user_id: id, hash: text.optional() }),
};

/** Which methods are checked; another one that the bot begins to use is to be added. */
export const isKnownMethod = (method: string): boolean => method in methods;

/** What is wrong with a call's arguments, the token and the team aside, which Bolt adds to each, in Slack's manner. Slack overlooks one that it does not know; we do not. */
export function argumentComplaints(
  method: string,
  { token: _, team_id: __, ...args }: Readonly<Record<string, unknown>>,
): readonly string[] {
  const parsed = methods[method]?.safeParse(args);
  return parsed?.success === false ? complaintsOf(parsed.error, []) : [];
}
