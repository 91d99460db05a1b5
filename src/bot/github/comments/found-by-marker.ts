import { z } from "zod";

/** What is looked through to find a comment of ours again. */
export const Candidates = z.object({ nodes: z.array(z.object({ id: z.string(), body: z.string(), viewerDidAuthor: z.boolean() })) });

/** Ours with the marker, by its node id; people may copy a marker, so that only what we wrote counts. */
export function withMarker({ nodes }: z.infer<typeof Candidates>, marker: string): string | undefined {
  return nodes.find(({ viewerDidAuthor, body }) => viewerDidAuthor && body.includes(marker))?.id;
}
