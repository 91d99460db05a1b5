import { ZodError } from "zod";
import { answerLogAddress, isLogAddress } from "./actions/logs/log-address.ts";
import { type Answer, type ApiRequest, badCredentials, notAnAppToken, notForIntegrations, notFound, pathOf, refuse } from "./answer.ts";
import { isTooLong } from "./body-limit.ts";
import { Refused } from "./emulated.ts";
import { answerWeb, isWebAddress, revokeToken } from "./oauth/web.ts";
import { routes } from "./rest.ts";
import type { Call } from "./route.ts";
import type { Actor } from "./tokens.ts";
import type { World } from "./world.ts";

/** What a call was answered with, and for whom. */
export interface Answered {
  readonly answer: Answer;
  readonly actor: Actor | undefined;
}

const inRepository = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/;
const forTheClient = /^\/applications\/[^/]+\/token$/;
const forTheAppItself = /^\/app(?:\/|$)|\/installation$/;

/** Answers API calls: checks the token first, because the emulator takes any, then what can be seen, then routes. */
export function createApi(world: World): (request: ApiRequest) => Promise<Answered> {
  return async (request) => {
    // Not the API's, so tokens mean nothing there.
    if (isLogAddress(request)) return { actor: undefined, answer: answerLogAddress(world.logs, request) };
    if (isWebAddress(request)) return { actor: undefined, answer: await orRefuse(() => answerWeb(world, request)) };
    const isForTheClient = request.method === "DELETE" && forTheClient.test(pathOf(request));
    if (isForTheClient) return { actor: undefined, answer: await orRefuse(() => revokeToken(world, request)) };
    const actor = actorOf(request.headers.authorization);
    if (!actor) return { actor, answer: forTheAppItself.test(pathOf(request)) ? notAnAppToken : badCredentials };
    return { actor, answer: await orRefuse(() => route(actor, request)) };
  };

  function actorOf(authorization: string | undefined): Actor | undefined {
    const { tokens, oauth, identities } = world;
    // With its client secret an App reads what is public.
    if (oauth.isClient(authorization)) return { kind: "anonymous" };
    const login = oauth.loginOf(/^(?:bearer|token) +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "");
    const account = login === undefined ? undefined : identities.byLogin(login);
    return account ? tokens.personOf(identities.seeded(account.id)) : tokens.actorOf(authorization);
  }

  async function orRefuse(work: () => Answer | Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused) return refuse(error.status, error.message);
      if (error instanceof SyntaxError) return refuse(400, "Problems parsing JSON");
      if (error instanceof ZodError) return refuse(422, "Invalid request.");
      throw error;
    }
  }

  async function route(actor: Actor, request: ApiRequest): Promise<Answer> {
    const path = pathOf(request);
    if (forTheAppItself.test(path) !== (actor.kind === "app")) return actor.kind === "app" ? badCredentials : notAnAppToken;

    const [, owner, name, rest = ""] = inRepository.exec(path) ?? [];
    if (owner === undefined) return answer({ world, actor, request, repository: undefined }, "root", path);

    const repository = world.access.find(actor, `${owner}/${name}`);
    if (!repository) return notFound;
    // GitHub takes names in any case, the emulator does not.
    const target = `/repos/${repository.fullName}${rest}${request.target.slice(path.length)}`;
    return answer({ world, actor, request: { ...request, target }, repository }, "repository", rest);
  }
}

async function answer(call: Call, scope: "root" | "repository", path: string): Promise<Answer> {
  for (const route of routes) {
    const found = route.method === call.request.method && route.scope === scope ? route.path.exec(path) : null;
    if (found) return route.handle(call, found[1] ?? "", found[2] ?? "");
  }
  if (isTooLong(call.request)) return refuse(422, "Body is too long (maximum is 65536 characters)");
  const answer = await call.world.emulated.forward(call.request);
  return answer.status === 403 && call.actor.kind === "installation" ? notForIntegrations : answer;
}
