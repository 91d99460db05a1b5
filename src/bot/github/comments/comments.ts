import type { GitHubAddress } from "../../../pipeline/outbox.ts";
import type { GitHubClient } from "../client.ts";
import { conversation } from "./conversation.ts";
import { discussion } from "./discussion.ts";
import { reviewThread } from "./review-thread.ts";

/** How one kind of comment is found, written, changed and taken away. Every call throws what GitHub's client throws. */
export interface Comments {
  /** The newest of our own comments at the address that holds the marker, by its node id. */
  find(address: GitHubAddress, marker: string, client: GitHubClient): Promise<string | undefined>;
  /** Gives the node id of the new comment. */
  post(address: GitHubAddress, body: string, client: GitHubClient): Promise<string>;
  edit(id: string, body: string, client: GitHubClient): Promise<void>;
  remove(id: string, client: GitHubClient): Promise<void>;
}

const kinds = { review: reviewThread, discussion } as const;

/** The comments that an address stands for. */
export function commentsAt({ thread }: GitHubAddress): Comments {
  return thread ? kinds[thread.kind] : conversation;
}
