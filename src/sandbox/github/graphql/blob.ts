import * as z from "zod";
import { nodeId } from "../node-id.ts";
import type { World } from "../world.ts";

const FileContents = z.object({ sha: z.string(), size: z.number(), path: z.string(), html_url: z.string(), content: z.string() });

const FolderContents = z.array(z.object({ sha: z.string(), path: z.string() }));

/** The file or folder that `<ref>:<path>` names, or null. Of a folder's tree only that it is one is modelled. */
export async function findObject(world: World, repository: string, ref: string, path: string) {
  const target = `/repos/${repository}/contents/${encodeURI(path)}?ref=${encodeURIComponent(ref)}`;
  const file = await world.emulated.read(z.union([FileContents, FolderContents]), target);
  if (!file) return null;
  if (Array.isArray(file)) return { __typename: "Tree" };

  const bytes = Buffer.from(file.content, "base64");
  const isBinary = bytes.includes(0);
  return {
    __typename: "Blob",
    id: nodeId("Blob", file.sha),
    oid: file.sha,
    abbreviatedOid: file.sha.slice(0, 7),
    byteSize: bytes.length,
    isBinary,
    isTruncated: false,
    text: isBinary ? null : bytes.toString(),
    commitUrl: file.html_url,
  };
}
