import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { LinkingConfig } from "../../config/config.ts";
import type { Settings } from "../../config/settings.ts";
import { ServiceError, storage, UserError } from "../../errors.ts";
import { invitationLivesMs } from "../../pipeline/linking/invitations.ts";
import { linkAccount, type Proof, previewLink } from "../../pipeline/linking/link-account.ts";
import type { Services } from "../../services.ts";
import { findWish, toJob, wishInWords } from "../after-link.ts";
import { type GitHubOAuth, type SignIn, SignInRefused } from "../github/oauth.ts";
import { BodyRefused, type Route, readBody } from "../http.ts";
import { sessionCookie } from "./cookie.ts";
import { startPath } from "./invitations.ts";
import { answerPage, redirect } from "./page.ts";
import { problem, problemPage } from "./problems.ts";
import { readState, type State, signState } from "./signed-state.ts";

const callbackPath = "/github/oauth/callback";
const confirmPath = "/github/oauth/confirm";
const formLimit = 8_192;
/** One step that hangs lets the next attempt go on after this. */
const stepLeaseMs = 30_000;

interface LinkingOptions {
  readonly linking: LinkingConfig;
  readonly settings: Settings;
  readonly services: Services;
  readonly oauth: GitHubOAuth;
  readonly publicUrl: () => string;
  readonly log: Logger;
}

/**
 * How a person shows which GitHub account is theirs: start, GitHub, callback, and their word. docs/permissions.md says against whom each
 * step guards. Nothing is linked before the last one.
 */
export function linkingRoutes({ linking, settings, services, oauth, publicUrl, log }: LinkingOptions): readonly Route[] {
  const { keys, claims, workspace, now } = services;
  const secrets = linking.stateSecrets;
  const cookie = sessionCookie(publicUrl, invitationLivesMs);
  const redirectUri = () => publicUrl() + callbackPath;
  const expiresAt = () => now() + invitationLivesMs;
  const keyOf = (session: string | undefined) => `linking:session:${session}`;

  function stateOf(signed: string | null | undefined, purpose: State["purpose"]): State {
    const state = readState(signed ?? "", purpose, secrets, now());
    if (typeof state === "string") throw problem(state);
    return state;
  }

  /** What may be done once is done once, and again only when nothing came of it. */
  async function once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const holder = randomUUID();
    if ((await claims.claim(key, holder, stepLeaseMs)).state !== "claimed") throw problem("used");
    try {
      const result = await work();
      await claims.settle(key, holder, { outcome: "done", result: null });
      return result;
    } catch (error) {
      await claims.settle(key, holder, { outcome: "failed" });
      throw error;
    }
  }

  async function start(query: URLSearchParams, response: ServerResponse): Promise<void> {
    const { id, person } = stateOf(query.get("state"), "start");
    if (await services.records.transaction(({ audit }) => audit.finished(`link:${id}`))) throw problem("used");
    const session = cookie.begin(response);
    const verifier = randomBytes(32).toString("base64url");
    await keys.set(keyOf(session), verifier, invitationLivesMs);
    const state = signState({ purpose: "callback", id, person, session, expiresAt: expiresAt() }, secrets);
    redirect(response, oauth.authorizeUrl({ redirectUri: redirectUri(), verifier }, state));
  }

  async function callback(query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { id, person, session } = stateOf(query.get("state"), "callback");
    if (!cookie.isOf(request, session)) throw problem("other_browser");
    if (query.get("error") === "access_denied") throw problem("denied");
    const code = query.get("code");
    if (!code) throw problem(query.has("error") ? "set_up_wrongly" : "bad_code");
    const verifier = await keys.get<string>(keyOf(session));
    if (verifier === undefined) throw problem("expired");
    // Before the code is spent: when Slack is away, loading the page again goes on.
    const member = await memberOf(person.user);
    const account = await once(`linking:callback:${session}`, () =>
      oauth.whoSignedIn({ redirectUri: redirectUri(), verifier } satisfies SignIn, code),
    );

    const verdict = await previewLink({ id, person, personName: member.name, account }, services);
    if (verdict.kind !== "linked") throw problem(verdict.kind);
    const state = signState({ purpose: "confirm", id, person, session, account, expiresAt: expiresAt() }, secrets);
    const wish = await findWish(id, services);
    answerPage(response, {
      status: 200,
      title: `Is ${member.name} in Slack you?`,
      paragraphs: [
        `You signed in to GitHub as ${account.login}. If you go on, the Slack person ${member.name} (${person.user}) is ${account.login} to me, and may do through me whatever ${account.login} may do.`,
        ...(verdict.instead ? [`It takes the place of ${verdict.instead.login}.`] : []),
        ...(wish ? [`Then I carry out what was asked: ${wishInWords(wish, settings.prefix)}`] : []),
        `Did somebody send you here, or are you not ${member.name}? Then close this page: nothing is linked.`,
      ],
      form: { action: "confirm", state, label: `Yes, I am ${member.name}` },
    });
  }

  async function confirm(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Forms of other sites carry no cookie of ours; a browser that says where a form comes from is believed besides.
    const from = request.headers["sec-fetch-site"];
    const form = new URLSearchParams((await readBody(request, formLimit)).toString());
    const { id, person, session, account } = stateOf(form.get("state"), "confirm");
    if (!cookie.isOf(request, session) || !account || (from !== undefined && from !== "same-origin")) throw problem("other_browser");
    const proof: Proof = { id, person, account, personName: (await memberOf(person.user)).name };
    const wish = await findWish(id, services);
    const verdict = await once(`linking:done:${id}`, () => linkAccount(proof, wish && toJob(wish), services));
    if (verdict.kind !== "linked") throw problem(verdict.kind);
    cookie.end(response);
    log.info({ slackUser: person.user, account: account.id }, "a person linked their account");
    answerPage(response, {
      status: 200,
      title: `Linked: Slack ${proof.personName} is GitHub ${account.login}.`,
      paragraphs: [
        wish ? `I now carry out ${wishInWords(wish, settings.prefix)}: look where you asked for it.` : "You can close this page.",
        `To end it, type /${settings.prefix} unlink in Slack.`,
      ],
    });
  }

  async function memberOf(user: string): Promise<{ readonly name: string }> {
    const member = await workspace.member(user);
    if (member.kind === "deactivated") throw problem("no_member");
    return member;
  }

  const kindly =
    (handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Route["handle"] =>
    async (request, response) => {
      try {
        await handle(request, response);
      } catch (error) {
        answerPage(response, problemPage(reasonOf(error, log), settings.prefix));
      }
    };

  return [
    { method: "GET", path: startPath, handle: kindly((request, response) => start(queryOf(request), response)) },
    { method: "GET", path: callbackPath, handle: kindly((request, response) => callback(queryOf(request), request, response)) },
    { method: "POST", path: confirmPath, handle: kindly(confirm) },
  ];
}

const queryOf = ({ url = "" }: IncomingMessage): URLSearchParams => new URLSearchParams(url.split("?")[1] ?? "");

/** What kept it from going on, as a problem of the table. Throws what is a bug. */
function reasonOf(error: unknown, log: Logger): string {
  if (error instanceof UserError) return error.reason;
  if (error instanceof BodyRefused) return "forged";
  if (error instanceof SignInRefused) {
    if (error.said === "bad_verification_code") return "bad_code";
    log.error({ said: error.said }, "GitHub refuses how linking is set up");
    return "set_up_wrongly";
  }
  if (!(error instanceof ServiceError)) throw error;
  log.warn({ err: error }, "a service failed while somebody linked themselves");
  if (error.service === storage) return "down";
  if (error.service === "Slack") return "slack_away";
  return error.retryable ? "away" : "set_up_wrongly";
}
