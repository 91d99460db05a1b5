import type { Repositories } from "../repositories.ts";
import type { Workspace } from "../workspace.ts";

/** A repository whose pull requests are mirrored, and the channel that their threads are in. */
export interface MirrorPair {
  readonly repository: string;
  readonly channel: string;
}

/** Whether the two may hear each other now, and what keeps them apart. */
export type MayMirror = "yes" | "private_to_public" | "shared" | "unseen";

interface Needs {
  readonly workspace: Workspace;
  readonly repositories: Repositories;
}

/**
 * Asked for each message, because owners change who sees a channel or a repository.
 *
 * @param asOf "recently" takes what is known of the channel for a minute
 * @param allowedChannels ids of channels that count as our own although another workspace shares them
 * @throws ServiceError or UserError when it cannot be found out: that is neither yes nor no
 */
export async function mayMirror(
  { repository, channel }: MirrorPair,
  allowedChannels: readonly string[],
  { workspace, repositories }: Needs,
  asOf: "now" | "recently" = "now",
): Promise<MayMirror> {
  const { kind, isPrivate } = await (asOf === "now" ? workspace.channel(channel, "now") : workspace.channel(channel));
  if (kind === "unseen") return "unseen";
  if (kind === "shared" && !allowedChannels.includes(channel)) return "shared";
  return isPrivate && !(await repositories.isPrivate(repository)) ? "private_to_public" : "yes";
}
