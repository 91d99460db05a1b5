import { ZodError } from "zod";
import { type Answer, type ApiRequest, badCredentials, notAnAppToken, notForIntegrations, notFound, pathOf, refuse } from "./answer.ts";
import { Refused } from "./emulated.ts";
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
const forTheAppItself = /^\/app(?:\/|$)|\/installation$/;

/** Answers API calls: checks the token first, because the emulator takes any, then what can be seen, then routes. */
export function createApi(world: World): (request: ApiRequest) => Promise<Answered> {
  return async (request) => {
    const actor = world.tokens.actorOf(request.headers.authorization);
    if (!actor) return { actor, answer: forTheAppItself.test(pathOf(request)) ? notAnAppToken : badCredentials };
    return { actor, answer: await answerOrRefuse(actor, request) };
  };

  async function answerOrRefuse(actor: Actor, request: ApiRequest): Promise<Answer> {
    try {
      return await route(actor, request);
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
  const answer = await call.world.emulated.forward(call.request);
  return answer.status === 403 && call.actor.kind === "installation" ? notForIntegrations : answer;
}
