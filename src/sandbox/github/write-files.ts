import * as z from "zod";
import type { Emulated } from "./emulated.ts";

/** What files hold from now on; null deletes one. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

interface Place {
  readonly repository: string;
  readonly branch: string;
  /** The commit that it comes after. */
  readonly parent: string;
  readonly message: string;
}

const Shaped = z.object({ sha: z.string() });
const Commit = z.object({ commit: z.object({ tree: Shaped }) });

/** Makes one commit of them all and moves the branch to it, wherever that was; gives its SHA. */
export async function writeFiles(emulated: Emulated, token: string, files: Files, place: Place): Promise<string> {
  const { repository, branch, parent, message } = place;
  const path = `/repos/${repository}`;
  const before = await emulated.read(Commit, `${path}/commits/${parent}`);
  const post = async (kind: string, body: object) => (await emulated.write(Shaped, "POST", `${path}/git/${kind}`, body, token)).sha;
  const entries = Object.entries(files).map(async ([file, content]) => {
    const blob = content === null ? null : { content: Buffer.from(content).toString("base64"), encoding: "base64" };
    return { path: file, mode: "100644", type: "blob", sha: blob && (await post("blobs", blob)) };
  });
  const tree = await post("trees", { base_tree: before?.commit.tree.sha, tree: await Promise.all(entries) });
  const sha = await post("commits", { message, tree, parents: [parent] });
  await emulated.write(z.unknown(), "PATCH", `${path}/git/refs/heads/${branch}`, { sha, force: true }, token);
  return sha;
}
