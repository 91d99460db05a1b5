import { createPublicKey, generateKeyPair, randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { Access } from "./access.ts";
import { Actions } from "./actions/actions.ts";
import { Announcer } from "./actions/announcer.ts";
import { Caches } from "./actions/caches.ts";
import { Logs } from "./actions/logs/logs.ts";
import { Runner } from "./actions/runner.ts";
import type { ApiRequest } from "./answer.ts";
import { type Answered, createApi } from "./api.ts";
import { createBotAccount } from "./bot-account.ts";
import { Budget } from "./budget.ts";
import { OwnChecks } from "./checks/own-checks.ts";
import { createCompletion, withCompleteAnswers } from "./completed-answers.ts";
import { Deliveries } from "./deliveries.ts";
import { Discussions } from "./discussions/discussions.ts";
import { startEmulated } from "./emulated.ts";
import type { Front } from "./front.ts";
import { githubSchema } from "./graphql/schema.ts";
import { mergeQueueBot } from "./merge-queue-bot.ts";
import { Identities } from "./oauth/identities.ts";
import { OAuthApp } from "./oauth/oauth-app.ts";
import { Reactions } from "./reactions.ts";
import { createRelay } from "./relay.ts";
import { Account } from "./resources.ts";
import { Reviews } from "./reviews/reviews.ts";
import {
  appName,
  appSlug,
  botLogin,
  emulatorSeed,
  type Login,
  logins,
  organisation,
  type Planted,
  personToken,
  plant,
  requiredJobs,
  type SeedApp,
  seedApp,
} from "./seed.ts";
import { plantCaches } from "./seed-caches.ts";
import { plantDiscussion } from "./seed-discussions.ts";
import { Tokens } from "./tokens.ts";
import type { World } from "./world.ts";

/** The App as its owner knows it. */
export interface SandboxApp extends SeedApp {
  readonly slug: string;
  readonly webhookSecret: string;
}

export interface Started {
  readonly world: World;
  readonly api: (request: ApiRequest) => Promise<Answered>;
  readonly app: SandboxApp;
  readonly tokens: Readonly<Record<Login, string>>;
  readonly planted: Planted & { readonly discussion: number };
}

/** Builds and seeds what is behind the front, then lets the front serve it. */
export async function startWorld(front: Front, onChange: () => void): Promise<Started> {
  privateKeyOfProcess ??= createPrivateKey();
  // The key is made on another thread while this one builds the schema.
  const [privateKey] = await Promise.all([privateKeyOfProcess, githubSchema()]);
  const seed = seedApp(privateKey);
  const app: SandboxApp = { ...seed, webhookSecret: randomUUID(), slug: appSlug };
  const tokens = Object.fromEntries(logins.map((login) => [login, personToken(login)])) as Record<Login, string>;
  const emulated = await startEmulated(front.url, emulatorSeed(seed, tokens, front.url + front.emittedPath));
  const access = new Access();
  const actions = new Actions(onChange);
  const caches = new Caches(onChange);
  const planted = await plant({ emulated, access, actions, tokens });
  plantCaches(caches);
  const bot = await createBotAccount(emulated, seed);
  const people = await Promise.all(logins.map((login) => emulated.read(Account, `/users/${login}`)));

  const home = await emulated.read(Account, `/orgs/${organisation}`);
  if (!home) throw new Error("The emulator has no organisation.");
  const complete = createCompletion(front.url, home);
  const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();
  const accounts = [...people.filter((person) => person !== undefined), bot, mergeQueueBot];
  const deliveries = new Deliveries({ appId: app.id, secret: app.webhookSecret }, complete, onChange);
  const announcer = new Announcer({ url: front.url, emulated, accounts }, deliveries, seed.installationId);
  const madeThrough = { id: Number(app.id), slug: appSlug, name: appName };
  const emit = createRelay({ emulated, deliveries, installationId: seed.installationId, app: madeThrough });
  const world: World = {
    url: front.url,
    emulated,
    access,
    actions,
    runner: new Runner(actions, announcer),
    logs: new Logs(),
    caches,
    tokens: new Tokens(
      { appId: app.id, publicKey },
      botLogin,
      logins.map((login) => ({ login, token: tokens[login] })),
    ),
    reactions: new Reactions(onChange),
    discussions: new Discussions(onChange),
    reviews: new Reviews(onChange),
    minimised: new Map(),
    checks: new OwnChecks(onChange),
    app: { ...madeThrough, installationId: seed.installationId },
    deliveries,
    emit,
    budget: new Budget(),
    accounts,
    identities: new Identities(accounts),
    oauth: new OAuthApp(),
    requiredJobs,
  };
  const discussion = plantDiscussion(world.discussions);
  const api = withCompleteAnswers(createApi(world), complete);
  front.serve(api, emit);
  return { world, api, app, tokens, planted: { ...planted, discussion } };
}

// Making a key takes longer than all the rest, so the sandboxes of a process share one.
let privateKeyOfProcess: Promise<string> | undefined;

async function createPrivateKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return privateKey;
}
