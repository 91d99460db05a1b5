import type { Answer, GitHubReviewAddress } from "../../pipeline/outbox.ts";
import { cutToFit, longestComment, renderReply } from "./markdown.ts";
import { replyMarker } from "./marker.ts";

/** A thread as GraphQL takes it. */
export interface RenderedThread {
  readonly path: string;
  readonly startLine?: number;
  readonly startSide?: "RIGHT";
  readonly line: number;
  readonly side: "RIGHT";
  readonly body: string;
}

/** Hidden in what is said on a line: by it we find the finding's comment again, and never take our own words for a command. */
export const findingMarker = (finding: string): string => replyMarker(`finding:${finding}`);

/** What a review says as a whole. */
export function renderReviewBody(key: string, { headSha }: GitHubReviewAddress, findings: number): string {
  const places = findings === 1 ? "One finding, on its line." : `${findings} findings, each on its line.`;
  return `Review of ${headSha.slice(0, 7)}: ${places}\n\n${replyMarker(key)}`;
}

export function renderThread(thread: GitHubReviewAddress["threads"][number], { reply }: Answer, prefix: string): RenderedThread {
  const { path, line, startLine, finding } = thread;
  const marker = `\n\n${findingMarker(finding)}`;
  const body = cutToFit(renderReply(reply, undefined, undefined, prefix), longestComment - marker.length) + marker;
  return {
    path,
    line,
    ...(startLine !== undefined && startLine < line && { startLine, startSide: "RIGHT" as const }),
    side: "RIGHT",
    body,
  };
}
