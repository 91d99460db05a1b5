import { announceBot } from "./bot-events.ts";
import { type Click, type ClickDelivery, click } from "./click.ts";
import { type Deed, type Delivery, deliver, type RawDelivery, type Sender } from "./deliveries.ts";
import { type Exchange, Exchanges } from "./exchanges.ts";
import { type Fault, Faults } from "./faults.ts";
import { startFront } from "./front.ts";
import { deleteMessage, editMessage, type Own } from "./own-messages.ts";
import { ResponseUrls } from "./response-urls.ts";
import { type Say, say, toEnvelope } from "./say.ts";
import type { SeenMessage } from "./seen-message.ts";
import { placeOf, type Slash, type SlashDelivery, slash } from "./slash.ts";
import { createSocketServer, type SocketControl } from "./socket/socket-server.ts";
import { createStage } from "./stage.ts";
import { Transcript } from "./transcript.ts";
import { Uploads } from "./uploads.ts";
import { createViewActs, type ViewActs } from "./views/acts.ts";
import { Screens } from "./views/screens.ts";
import { type ApiCall, answerApi, type BotSaid } from "./web-api.ts";
import { app, type Channel, type ChannelName, type Person, type PersonName, startWorkspace, team } from "./workspace.ts";

/** A Slack of six people, three channels and one app, on loopback. It checks tokens and limits and signs what it sends. */
export interface SlackSandbox extends ViewActs {
  /** The bot's `SLACK_API_URL`. */
  readonly url: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly appToken: string;
  /** The sockets, where everything goes over them instead of HTTP. */
  readonly socket?: SocketControl;
  readonly teamId: string;
  readonly botUserId: string;
  readonly people: Readonly<Record<PersonName, Person>>;
  readonly channels: Readonly<Record<ChannelName, Channel>>;
  /** Says where the bot takes deliveries. */
  connect(eventsUrl: string): void;
  slash(typed: Slash): Promise<SlashDelivery>;
  click(clicked: Click): Promise<ClickDelivery>;
  /** A person writes a message, which reaches the bot as an event. */
  say(said: Say): Promise<{ readonly message: SeenMessage; readonly deliveries: readonly Delivery[] }>;
  /** A person changes what they wrote; the app hears of it. */
  editMessage(own: Own & { readonly text: string }): Promise<Delivery>;
  /** A person deletes what they wrote, or an administrator what anybody did; the app hears of it. */
  deleteMessage(own: Own): Promise<Delivery>;
  /** Delivers any other event of the Events API. */
  event(event: Readonly<Record<string, unknown>>): Promise<Delivery>;
  /** Sends a request just so: forged, replayed, aged. */
  post(raw: RawDelivery): Promise<Delivery>;
  /** A channel, by name or id, as the person sees it; `dm` is their conversation with the bot. */
  transcript(channel: ChannelName | "dm" | (string & {}), as?: PersonName): readonly SeenMessage[];
  /** The bot's calls of the Web API, in order of their answers. */
  calls(): readonly ApiCall[];
  /** What people typed and clicked, and how the bot answered. */
  deeds(): readonly Deed[];
  /** Makes calls whose method matches go wrong, until the returned function is called. `response_url` counts as a method. */
  fail(method: RegExp, fault: Fault): () => void;
  /** Tells of everything that the app says to Slack, unless a fault answered; gives back how to stop it. */
  onExchange(listener: (exchange: Exchange) => void): () => void;
  /** Makes a channel private, or public again. */
  setPrivate(channel: ChannelName, isPrivate: boolean): void;
  /** Says who is in a user group; it exists from then on. */
  setGroup(group: string, members: readonly PersonName[]): void;
  /** Takes the bot out of a channel, or lets it in again. */
  setBotIn(channel: ChannelName, isIn: boolean): void;
  /** A person invites the bot into a channel. */
  inviteBot(channel: ChannelName, as: PersonName): Promise<Delivery>;
  onChange(listener: () => void): () => void;
  /** Aborted when the sandbox closes, for those who hold connections open on its behalf. */
  readonly closing: AbortSignal;
  close(): Promise<void>;
}

export interface SlackSandboxOptions {
  /** Added to every call of the bot. */
  readonly latencyMs?: number;
  /** Everything goes to the bot by Socket Mode instead of HTTP. */
  readonly socketMode?: boolean;
  /** The clock by which response URLs age. */
  now?(): number;
}

const botToken = "xoxb-sandbox-token";
const signingSecret = "sandbox-signing-secret";
const appToken = "xapp-sandbox-token";

export async function startSlackSandbox({
  latencyMs = 0,
  socketMode = false,
  now = Date.now,
}: SlackSandboxOptions = {}): Promise<SlackSandbox> {
  const workspace = await startWorkspace();
  const transcript = new Transcript();
  const screens = new Screens(() => transcript.changed());
  const stage = createStage(workspace, transcript);
  const faults = new Faults(latencyMs);
  const exchanges = new Exchanges();
  const calls: ApiCall[] = [];
  const deeds: Deed[] = [];
  const closing = new AbortController();
  const told = announceBot();
  let eventsUrl: string | undefined;

  const uploads = new Uploads(() => `${front.url}/upload`, workspace, transcript);
  const sockets = createSocketServer(() => front.url);
  const webApi = {
    token: botToken,
    appToken,
    openSocket: sockets.open,
    workspace,
    transcript,
    screens,
    faults,
    exchanges,
    uploads,
    record: (call: ApiCall) => void calls.push(call),
    onSay: (said: BotSaid) => told.tell(sender, said),
  };
  const front = await startFront({
    api: (method, request, body) => answerApi(webApi, method, request, body),
    response: (id, body) => responseUrls.answer(id, body),
    upload: (id, headers, body) => uploads.take(id, headers, body),
    upgrade: sockets.upgrade,
  });
  const responseUrls = new ResponseUrls(front.url, { stage, faults, exchanges, now });
  const sender: Sender = {
    workspace,
    stage,
    responseUrls,
    exchanges,
    isConnected: () => (socketMode || eventsUrl !== undefined) && !closing.signal.aborted,
    deliver(raw) {
      if (socketMode) return sockets.deliver(raw);
      if (eventsUrl === undefined) throw new Error("The sandbox is not connected to a bot yet.");
      return deliver(eventsUrl, signingSecret, raw);
    },
    record(deed) {
      deeds.push(deed);
      transcript.changed();
    },
  };

  return {
    url: `${front.url}/api/`,
    botToken,
    signingSecret,
    appToken,
    ...(socketMode && { socket: sockets }),
    teamId: team.id,
    botUserId: app.botUserId,
    people: workspace.people,
    channels: workspace.channels,
    connect(url) {
      eventsUrl = url;
    },
    slash: (typed) => slash(sender, typed),
    ...createViewActs(sender, screens, toEnvelope),
    click: (clicked) => click(sender, clicked),
    say: (said) => say(sender, said),
    editMessage: (own) => editMessage(sender, own),
    deleteMessage: (own) => deleteMessage(sender, own),
    event: (event) => sender.deliver(toEnvelope(event)),
    post: (raw) => sender.deliver(raw),
    transcript: (channel, as) => transcript.seenIn(placeOf({ workspace }, channel, as ?? "ada").id, as && workspace.people[as].id),
    calls: () => [...calls],
    deeds: () => [...deeds],
    fail: (method, fault) => faults.add(method, fault),
    onExchange: (listener) => exchanges.listen(listener),
    setPrivate: (channel, isPrivate) => {
      const { id } = workspace.channels[channel];
      if (isPrivate) workspace.privateOnes.add(id);
      else workspace.privateOnes.delete(id);
    },
    setGroup: (group, members) =>
      void workspace.groups.set(
        group,
        members.map((name) => workspace.people[name].id),
      ),
    setBotIn: (channel, isIn) => {
      const { id } = workspace.channels[channel];
      if (isIn) workspace.absentFrom.delete(id);
      else workspace.absentFrom.add(id);
    },
    inviteBot: (channel, as) => {
      const { id } = workspace.channels[channel];
      workspace.absentFrom.delete(id);
      const joined = { user: app.botUserId, inviter: workspace.people[as].id, channel: id, channel_type: "C", team: team.id };
      return sender.deliver(toEnvelope({ type: "member_joined_channel", ...joined, event_ts: (Date.now() / 1000).toFixed(6) }));
    },
    onChange: (listener) => transcript.onChange(listener),
    closing: closing.signal,
    async close() {
      closing.abort();
      sockets.close();
      await told.settled();
      await front.close();
      await workspace.close();
    },
  };
}
