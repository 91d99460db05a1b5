import type { Role } from "./access.ts";
import type { CommitStatus } from "./actions/actions.ts";
import { type ActionsControl, createActionsControl } from "./actions/control.ts";
import { headOf, push, type Target } from "./branches.ts";
import { type BranchesControl, createBranchesControl } from "./branches-control.ts";
import { type ChecksControl, createChecksControl } from "./checks/control.ts";
import { type CommentView, createConversation, marksOn, type Said, viewComments } from "./conversation.ts";
import { deleteAny } from "./delete-any.ts";
import type { Delivery } from "./deliveries.ts";
import { createDiscussionsControl, type DiscussionsControl } from "./discussions/control.ts";
import type { Disturbance } from "./disturbances.ts";
import { type Exchange, Exchanges } from "./exchanges.ts";
import { type Fault, Faults } from "./faults.ts";
import { openForkPull } from "./forks.ts";
import { type ApiCall, startFront } from "./front.ts";
import { createPullsControl, type PullsControl } from "./pulls-control.ts";
import { createReviewsControl, type ReviewsControl } from "./reviews/control.ts";
import { type Login, mainRepository, secretRepository, setRole } from "./seed.ts";
import { type SandboxApp, startWorld } from "./start-world.ts";

interface Person {
  readonly login: string;
  readonly id: number;
  /** For a bot that acts by a person's token instead of as an App. */
  readonly token: string;
}

/** An emulated GitHub. Where no repository is named, the public one is meant. */
export interface GitHubSandbox extends ActionsControl, BranchesControl, ChecksControl, DiscussionsControl, ReviewsControl, PullsControl {
  /** The API's base. */
  readonly url: string;
  readonly app: SandboxApp;
  /** Grace administers, Ada maintains, Uma may write to the public repository and Ravi read it, Sam has no role. */
  readonly people: Readonly<Record<Login, Person>>;
  readonly bot: { readonly login: string; readonly id: number };
  readonly repository: string;
  readonly secretRepository: string;
  /** Ada's pull requests: red is newer than green, and the third is in the private repository. */
  readonly pulls: { readonly green: number; readonly red: number; readonly secret: number };
  /** Sam's, and no pull request. */
  readonly issue: number;
  /** Ada's, in the category q-a of the public repository. */
  readonly firstDiscussion: number;

  /** What Apps sign people in with. */
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  /** Where people are sent when they have signed in. */
  registerCallback(url: string): void;
  /** How many tokens of people who signed in are good now. */
  signInTokens(): number;
  renameAccount(login: string, to: string): void;
  /** The account is gone, and its login free. */
  deleteAccount(login: string): void;

  /** Sends deliveries there from now on; those before were only logged. */
  connect(webhookUrl: string): void;
  /** Comments as a person; resolves when the delivery was answered. */
  comment(as: string, number: number, body: string, repository?: string): Promise<Said>;
  edit(as: string, commentId: number, body: string, repository?: string): Promise<Said>;
  /** Makes a repository public, or private. */
  setPrivate(isPrivate: boolean, repository?: string): void;
  comments(number: number, repository?: string): Promise<CommentView[]>;
  /** On anything that has a node id. */
  reactions(nodeId: string): CommentView["reactions"];
  /** Deletes a comment of any kind. */
  deleteComment(as: string, id: number, repository?: string): Promise<void>;
  setRole(login: string, role: Role | "none", repository?: string): Promise<void>;

  /** A pull request out of a fork of the person, of whom nobody knows: its CI waits to be let go. */
  openForkPull(as: Login, branch: string): Promise<number>;

  setStatus(target: Target, context: string, state: CommitStatus["state"], repository?: string): Promise<void>;
  /** Moves the head of a pull request, as a push does, and gives the new SHA. */
  push(number: number): Promise<string>;

  deliveries(): readonly Delivery[];
  /** Sends a delivery again under its own GUID. */
  redeliver(guid: string): Promise<Delivery>;
  /** Sends a delivery again under another GUID, as a second hook does. */
  deliverTwice(guid: string): Promise<Delivery>;
  /** Sends any event as it stands, signed. */
  deliver(event: string, payload: Readonly<Record<string, unknown>>): Promise<Delivery>;
  /** Disturbs the deliveries that follow, until `{}`. */
  disturbDeliveries(disturbance: Disturbance): void;

  /** Makes the next calls whose name matches go wrong; a name is like `GET /user` or `POST /graphql PrPipeline`. */
  fail(match: RegExp, fault: Fault, times?: number): void;
  clearFaults(): void;
  setLatency(ms: number): void;
  revokeInstallationTokens(): void;

  /** The API calls from outside, oldest first. */
  calls(): readonly ApiCall[];
  /** Tells of every call from outside that the sandbox answered itself, without a planned fault; gives back how to stop it. */
  onExchange(listener: (exchange: Exchange) => void): () => void;
  /** Tells when something changed that a reader could see; gives back how to stop it. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export async function startGitHubSandbox({ latencyMs = 0, port = 0 }: { latencyMs?: number; port?: number } = {}): Promise<GitHubSandbox> {
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const calls: ApiCall[] = [];
  const faults = new Faults();
  const exchanges = new Exchanges();
  let latency = latencyMs;
  const front = await startFront({
    port,
    faults,
    exchanges,
    latencyMs: () => latency,
    onCall: (call) => {
      calls.push(call);
      changed();
    },
  });
  const { world, api, app, tokens, planted } = await startWorld(front, changed);
  const conversation = createConversation(world, api);

  const accountOf = (login: string) => {
    const account = world.accounts.find((candidate) => candidate.login === login);
    if (!account) throw new Error(`There is no account ${login}.`);
    return { login, id: account.id };
  };
  const personOf = (login: Login): Person => ({ ...accountOf(login), token: tokens[login] });
  const people = { grace: personOf("grace"), ada: personOf("ada"), ravi: personOf("ravi"), sam: personOf("sam"), uma: personOf("uma") };
  const tokenOf = (login: string): string => {
    if (login in tokens) return tokens[login as Login];
    throw new Error(`${login} is nobody whose token we have.`);
  };

  return {
    url: front.url,
    app,
    people,
    bot: accountOf(`${app.slug}[bot]`),
    repository: mainRepository,
    secretRepository,
    pulls: { green: planted.green, red: planted.red, secret: planted.secret },
    issue: planted.issue,
    firstDiscussion: planted.discussion,

    oauth: { clientId: world.oauth.clientId, clientSecret: world.oauth.clientSecret },
    registerCallback: (url) => world.oauth.register(url),
    signInTokens: () => world.oauth.tokensInUse,
    renameAccount: (login, to) => world.identities.rename(login, to),
    deleteAccount: (login) => world.identities.delete(login),

    connect: (webhookUrl) => world.deliveries.connect(webhookUrl),
    comment: (as, number, body, repository = mainRepository) => conversation.comment(tokenOf(as), repository, number, body),
    edit: (as, commentId, body, repository = mainRepository) => conversation.edit(tokenOf(as), repository, commentId, body),
    setPrivate: (isPrivate, repository = mainRepository) => world.access.add({ fullName: repository, isPrivate }),
    comments: (number, repository = mainRepository) => viewComments(world, repository, number),
    reactions: (nodeId) => marksOn(world, nodeId).reactions,
    setRole: (login, role, repository = mainRepository) => setRole(world, login, repository, role),

    ...createDiscussionsControl(world, tokenOf),
    ...createReviewsControl(world, tokenOf),
    ...createPullsControl(world, api, tokenOf),
    ...createBranchesControl(world, tokenOf),
    deleteComment: (as, id, repository = mainRepository) =>
      deleteAny(world, { kind: "person", login: as, token: tokenOf(as) }, repository, id),
    ...createActionsControl(world),
    ...createChecksControl(world),
    async setStatus(target, context, state, repository = mainRepository) {
      world.actions.setStatus(repository, await headOf(world, repository, target), context, state);
    },
    openForkPull: (as, branch) => openForkPull(world, { login: as, token: tokens[as] }, mainRepository, branch),
    push: (number) => push(world, tokens.ada, mainRepository, number),

    deliveries: () => world.deliveries.all(),
    redeliver: (guid) => world.deliveries.redeliver(guid),
    deliverTwice: (guid) => world.deliveries.sendFromSecondHook(guid),
    deliver: (event, payload) => world.deliveries.send(event, payload, true),
    disturbDeliveries: (disturbance) => world.deliveries.disturb(disturbance),

    fail: (match, fault, times) => faults.plan(match, fault, times),
    clearFaults: () => faults.clear(),
    setLatency: (ms) => {
      latency = ms;
    },
    revokeInstallationTokens: () => world.tokens.revokeInstallationTokens(),

    calls: () => calls,
    onExchange: (listener) => exchanges.listen(listener),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      const told = world.runner.close();
      await world.deliveries.close();
      await world.checks.close();
      await told;
      await front.close();
      await world.emulated.close();
    },
  };
}
