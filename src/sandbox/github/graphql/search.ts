import * as z from "zod";
import type { KnownRepository } from "../access.ts";
import { Pull } from "../resources.ts";
import { connectionOf, type PageArgs } from "./connection.ts";
import type { Context } from "./context.ts";
import { pullRequestNode } from "./pull-request.ts";

interface SearchArgs extends PageArgs {
  readonly query: string;
  readonly type: string;
}

const known = /^(?:repo:(?<repo>\S+)|is:(?<is>pr|open|closed|merged)|author:(?<author>\S+)|sort:(?<by>created|updated)-(?<sort>asc|desc))$/;

/** Searches pull requests by the qualifiers that the bot uses; any other is refused rather than passed over. */
export async function search({ query, type, ...page }: SearchArgs, context: Context) {
  const qualifiers = query.split(/\s+/).map((word) => known.exec(word)?.groups);
  if (type !== "ISSUE" || qualifiers.includes(undefined)) throw new Error(`The sandbox cannot search ${type} for "${query}" yet.`);
  const qualifier = (name: string) => qualifiers.find((groups) => groups?.[name])?.[name];
  const is = new Set(qualifiers.map((groups) => groups?.is));
  const author = qualifier("author");
  const login = author === "@me" ? context.actor.login : author;

  const found: { repository: KnownRepository; pull: Pull }[] = [];
  const names = qualifiers.flatMap((groups) => groups?.repo ?? []);
  for (const repository of repositories(context, names)) {
    const path = `/repos/${repository.fullName}/pulls?state=all&per_page=100`;
    const pulls = (await context.world.emulated.read(z.array(Pull), path)) ?? [];
    found.push(...pulls.filter((pull) => isAsked(pull, is, login)).map((pull) => ({ repository, pull })));
  }
  const by = qualifier("by") === "updated" ? "updated_at" : "created_at";
  found.sort((a, b) => b.pull[by].localeCompare(a.pull[by]) || b.pull.number - a.pull.number);
  if (qualifier("sort") === "asc") found.reverse();

  const nodes = found.map(({ repository, pull }) => pullRequestNode(context, repository, pull));
  const connection = connectionOf("search", nodes, page);
  return { ...connection, edges: connection.edges.map((edge) => ({ ...edge, textMatches: [] })), issueCount: found.length };
}

function repositories({ world, actor }: Context, names: readonly string[]): readonly KnownRepository[] {
  if (names.length === 0) return world.access.visibleTo(actor);
  return names.flatMap((name) => world.access.find(actor, name) ?? []);
}

function isAsked({ state, merged, user }: Pull, is: ReadonlySet<string | undefined>, author: string | undefined): boolean {
  if (author !== undefined && user.login.toLowerCase() !== author.toLowerCase()) return false;
  return !(is.has("open") && state !== "open") && !(is.has("closed") && state !== "closed") && !(is.has("merged") && !merged);
}
