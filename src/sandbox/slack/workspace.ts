import { Agent } from "node:http";
import { createEmulator } from "emulate";
import { postOnce } from "./post-once.ts";

export const app = { id: "A0NEXTRUST", botId: "B0NEXTRUST", botUserId: "U0NEXTRUST", name: "NeXTRust CI" } as const;
export const team = { id: "T000000001", domain: "nextrust", name: "NeXTRust" } as const;
/** The workspace on the other side of `#partners`. */
export const partnerTeamId = "T0PARTNERS";

const personNames = ["ada", "grace", "ravi", "uma", "gil", "fay"] as const;
export type PersonName = (typeof personNames)[number];
const channelNames = ["ci", "random", "partners"] as const;
export type ChannelName = (typeof channelNames)[number];

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly handle: PersonName;
  readonly teamId: string;
  /** The conversation with the bot. */
  readonly dm: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
}

export type ApiAnswer = { readonly ok: boolean; readonly error?: string } & Readonly<Record<string, unknown>>;
type Args = Readonly<Record<string, unknown>>;

/** The emulated workspace behind the front: six people, three channels, one bot. */
export interface Workspace {
  readonly people: Readonly<Record<PersonName, Person>>;
  readonly channels: Readonly<Record<ChannelName, Channel>>;
  /** The ids of channels that the bot is not in. */
  readonly absentFrom: Set<string>;
  /** The ids of channels that only their members see. */
  readonly privateOnes: Set<string>;
  /** The members' ids of each user group, by its id. */
  readonly groups: Map<string, readonly string[]>;
  /** Calls the emulated API without the front's checks; as the bot unless told. */
  call(method: string, args: Args, as?: PersonName): Promise<ApiAnswer>;
  /** Hands the bytes of a file to the emulated upload. */
  upload(fileId: string, contentType: string, body: Buffer): Promise<{ readonly status: number }>;
  personById(id: string): Person | undefined;
  /** Whose doing a trigger came from. */
  askerOf(triggerId: string): string;
  close(): Promise<void>;
}

const realNames: Record<PersonName, string> = {
  ada: "Ada Maintainer",
  grace: "Grace Admin",
  ravi: "Ravi Reader",
  uma: "Uma Unlinked",
  gil: "Gil Guest",
  fay: "Fay Foreigner",
};

// The emulation refuses a token after 5,000 calls an hour, which Slack does not do, so calls take turns over many.
const botTokens = Array.from({ length: 50 }, (_, at) => `inner-bot-${at}`);

const seed = {
  slack: {
    team: { name: team.name, domain: team.domain },
    users: personNames.map((name) => ({ name, real_name: realNames[name], email: `${name}@nextrust.test` })),
    channels: channelNames.map((name) => ({ name })),
    oauth_apps: [
      {
        app_id: app.id,
        client_id: "sandbox",
        client_secret: "sandbox",
        name: app.name,
        redirect_uris: [],
        bot_id: app.botId,
        bot_user_id: app.botUserId,
        bot_name: "nextrust",
      },
    ],
    tokens: [
      ...botTokens.map((token) => ({
        token,
        type: "bot",
        user_id: app.botUserId,
        app_id: app.id,
        bot_id: app.botId,
        bot_user_id: app.botUserId,
      })),
      ...personNames.map((name) => ({ token: `inner-${name}`, type: "user", user: name })),
    ],
  },
};

/** Starts the emulated workspace, looks up its random ids and lets the bot in everywhere. */
export async function startWorkspace(): Promise<Workspace> {
  const emulator = await createEmulator({ service: "slack", port: 0, seed });
  const api = `http://127.0.0.1:${new URL(emulator.url).port}/api/`;
  const agent = new Agent({ keepAlive: true });
  const askers = new Map<string, string>();
  let turn = 0;

  const call = async (method: string, args: Args, as?: PersonName): Promise<ApiAnswer> => {
    const token = as === undefined ? botTokens[turn++ % botTokens.length] : `inner-${as}`;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const { status, body } = await postOnce(api + method, { body: JSON.stringify(args), headers, agent });
    const answer = status === 404 ? { ok: false, error: "unknown_method" } : (JSON.parse(body) as ApiAnswer);
    if (method === "views.generateTriggerId") askers.set(String(answer.trigger_id), String(args.user_id));
    return answer;
  };

  const upload = (fileId: string, contentType: string, body: Buffer) =>
    postOnce(new URL(`/upload/v1/${fileId}`, api).href, { body, headers: { "content-type": contentType }, agent });

  const users = (await call("users.list", {})).members as { id: string; name: string }[];
  const idOf = new Map(users.map(({ id, name }) => [name, id]));
  const handles = await Promise.all(
    personNames.map(async (handle): Promise<[PersonName, Person]> => {
      const id = idOf.get(handle) ?? "";
      const opened = (await call("conversations.open", { users: id })).channel as { id: string };
      return [handle, { id, handle, name: realNames[handle], teamId: handle === "fay" ? partnerTeamId : team.id, dm: opened.id }];
    }),
  );
  const listed = (await call("conversations.list", {})).channels as Channel[];
  const channels = channelNames.map((name): [ChannelName, Channel] => [
    name,
    { id: listed.find((one) => one.name === name)?.id ?? "", name },
  ]);
  await Promise.all(channels.map(([, { id }]) => call("conversations.join", { channel: id })));
  const people = handles.map(([, person]) => person);

  return {
    people: Object.fromEntries(handles) as Record<PersonName, Person>,
    channels: Object.fromEntries(channels) as Record<ChannelName, Channel>,
    absentFrom: new Set(),
    privateOnes: new Set(),
    groups: new Map(),
    call,
    upload,
    askerOf: (triggerId) => askers.get(triggerId) ?? "",
    personById: (id) => people.find((person) => person.id === id),
    async close() {
      agent.destroy();
      await emulator.close();
    },
  };
}
