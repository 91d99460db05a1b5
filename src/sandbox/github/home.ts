import * as z from "zod";
import type { KnownRepository } from "./access.ts";
import type { Account } from "./resources.ts";
import type { World } from "./world.ts";

/** A repository as deliveries name it. */
export type Home = z.infer<typeof Home>;
const Home = z.looseObject({ id: z.number() });

export async function readHome({ emulated }: World, { fullName }: KnownRepository): Promise<Home> {
  const home = await emulated.read(Home, `/repos/${fullName}`);
  if (!home) throw new Error(`The emulator lost ${fullName}.`);
  return home;
}

export function accountOf({ accounts }: Pick<World, "accounts">, login: string): Account {
  const found = accounts.find((account) => account.login === login);
  if (!found) throw new Error(`There is no account ${login}.`);
  return found;
}

/** GitHub's word for how the author belongs to the repository. */
export const associationOf = ({ access }: World, login: string, repository: KnownRepository): "COLLABORATOR" | "NONE" =>
  access.holdsRole(login, repository) ? "COLLABORATOR" : "NONE";

/** What GitHub counts beside everything that one can react to, as REST has it. */
export const reactionCounts = (url: string) => ({
  url: `${url}/reactions`,
  total_count: 0,
  "+1": 0,
  "-1": 0,
  laugh: 0,
  hooray: 0,
  confused: 0,
  heart: 0,
  rocket: 0,
  eyes: 0,
});
