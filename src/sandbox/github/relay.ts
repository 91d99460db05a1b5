import * as z from "zod";
import type { Deliveries, Delivery } from "./deliveries.ts";
import type { Emulated } from "./emulated.ts";
import { nodeId } from "./node-id.ts";
import { Pull } from "./resources.ts";

/** What the emulator says at its own webhook: enough to know the thing, not yet what GitHub would send. */
const Emitted = z.looseObject({
  action: z.string().optional(),
  repository: z.looseObject({ full_name: z.string(), owner: z.looseObject({ login: z.string(), type: z.string() }) }),
  sender: z.looseObject({ login: z.string(), type: z.string() }),
  issue: z.looseObject({ number: z.number() }).nullish(),
  pull_request: z.looseObject({ id: z.number(), number: z.number(), title: z.string(), body: z.string().nullable() }).nullish(),
  comment: z.looseObject({ id: z.number(), body: z.string(), html_url: z.string(), user: z.looseObject({ type: z.string() }) }).nullish(),
});
type Emitted = z.infer<typeof Emitted>;

interface Relay {
  readonly emulated: Emulated;
  readonly deliveries: Deliveries;
  readonly installationId: number;
  /** Who a bot's comment was made through, as the payload says it. */
  readonly app: Readonly<Record<string, unknown>>;
}

/** Says that something happened, in the emulator's words; resolves when its delivery was answered. */
export type Emit = (event: string, body: string) => Promise<Delivery>;

/** Turns what the emulator emits into signed deliveries with GitHub's payloads. */
export function createRelay({ emulated, deliveries, installationId, app }: Relay): Emit {
  const bodies = new Map<number, string>();
  const pulls = new Map<number, { readonly title: string; readonly body: string }>();

  return async (event, body) => {
    const emitted = Emitted.parse(JSON.parse(emulated.rebase(body)));
    const payload = event === "issue_comment" ? await asIssueComment(emitted) : event === "pull_request" ? asPullRequest(emitted) : emitted;
    const { permissions: _, ...repository } = emitted.repository;
    return deliveries.send(event, {
      ...payload,
      repository,
      installation: { id: installationId, node_id: nodeId("Installation", installationId) },
      ...(repository.owner.type === "Organization" && { organization: repository.owner }),
    });
  };

  function asPullRequest(emitted: Emitted): Emitted {
    const { pull_request: pull, action } = emitted;
    if (!pull) return emitted;
    // Those that are there from the beginning say nothing.
    const before = pulls.get(pull.id) ?? { title: pull.title, body: "" };
    const after = { title: pull.title, body: pull.body ?? "" };
    pulls.set(pull.id, after);
    const changes = {
      ...(before.title !== after.title && { title: { from: before.title } }),
      ...(before.body !== after.body && { body: { from: before.body } }),
    };
    return { ...emitted, number: pull.number, ...(action === "edited" && { changes }) };
  }

  async function asIssueComment(emitted: Emitted): Promise<Emitted> {
    const { issue, comment, repository, action } = emitted;
    if (!issue || !comment) return emitted;

    const before = bodies.get(comment.id);
    bodies.set(comment.id, comment.body);
    const pull = await emulated.read(Pull, `/repos/${repository.full_name}/pulls/${issue.number}`);
    return {
      ...emitted,
      ...(action === "edited" && { changes: { body: { from: before } } }),
      issue: pull ? { ...issue, ...asIssue(pull) } : issue,
      comment: {
        ...comment,
        ...(pull && { html_url: comment.html_url.replace("/issues/", "/pull/") }),
        performed_via_github_app: comment.user.type === "Bot" ? app : null,
      },
    };
  }
}

// To GitHub a pull request is an issue with this on it, and its node is the pull request.
const asIssue = ({ node_id, html_url, url, diff_url, patch_url, merged_at, draft }: Pull) => ({
  node_id,
  html_url,
  draft,
  pull_request: { url, html_url, diff_url, patch_url, merged_at },
});
