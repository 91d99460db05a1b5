import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { githubSecret } from "../secrets.ts";

interface Example {
  readonly action: string;
  readonly issue: object;
  readonly comment: { readonly user: object };
}

/** Makes `issue_comment` deliveries of 14 KB, each of a comment of its own under a GUID of its own, signed. */
export function commentRequests(url: URL, says: string): () => Buffer {
  const { head, tail } = aroundId(says);
  let id = 1_000_000_000;
  return () => {
    id += 1;
    // Always ten digits, so that every body is as long as the first.
    const body = `${head}${id}${tail}`;
    const signature = createHmac("sha256", githubSecret).update(body).digest("hex");
    return Buffer.from(
      `POST /github/webhooks HTTP/1.1\r\nhost: ${url.host}\r\naccept: */*\r\nuser-agent: GitHub-Hookshot/5a0d5b1\r\n` +
        "content-type: application/json\r\nx-github-event: issue_comment\r\nx-github-hook-id: 1\r\n" +
        `x-github-delivery: ${guidOf(id)}\r\nx-hub-signature-256: sha256=${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  };
}

/** The largest example of a new comment, as one on a pull request by the author of the delivery. */
function aroundId(says: string): { head: string; tail: string } {
  const events = createRequire(import.meta.url)("@octokit/webhooks-examples") as { name: string; examples: Example[] }[];
  const created = events.find(({ name }) => name === "issue_comment")?.examples.filter(({ action }) => action === "created") ?? [];
  const largest = created.sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0];
  if (!largest) throw new Error("There is no example of a new comment.");
  const payload = {
    ...largest,
    issue: { ...largest.issue, pull_request: { url: "https://api.github.com/repos/Codertocat/Hello-World/pulls/1" } },
    comment: { ...largest.comment, id: "ID", body: says },
    sender: largest.comment.user,
  };
  const [head = "", tail = ""] = JSON.stringify(payload).split('"ID"');
  return { head, tail };
}

/** GitHub's GUIDs are of version 1: the time of making comes first, so that those of a minute are neighbours in an index. */
function guidOf(count: number): string {
  const ticks = (BigInt(Date.now()) * 10_000n + BigInt(count % 10_000)).toString(16).padStart(15, "0");
  return `${ticks.slice(7)}-${ticks.slice(3, 7)}-1${ticks.slice(0, 3)}-81ab-${count.toString(16).padStart(12, "0")}`;
}
