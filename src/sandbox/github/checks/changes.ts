import type { KnownRepository } from "../access.ts";
import { Refused } from "../emulated.ts";
import { readCommitOf } from "../forks.ts";
import { Commit } from "../resources.ts";
import type { Author } from "../tokens.ts";
import type { World } from "../world.ts";
import type { CheckAction, OwnCheck } from "./own-checks.ts";
import { tellOfCheck } from "./tell.ts";

/** What GraphQL gives; an update leaves out what stays. */
export interface CheckInput {
  readonly name?: string | null;
  readonly externalId?: string | null;
  readonly detailsUrl?: string | null;
  readonly status?: string | null;
  readonly conclusion?: string | null;
  readonly startedAt?: string | null;
  readonly completedAt?: string | null;
  readonly output?: { readonly title: string; readonly summary: string } | null;
  readonly actions?: readonly CheckAction[] | null;
}

const mostActions = 3;
const longest = { label: 20, description: 40, identifier: 20 } as const;
const longestSummary = 65_535;

/** Makes a check run as the App, under GitHub's rules, and tells the webhook. Throws Refused. */
export async function createCheck(
  world: World,
  actor: Author,
  repository: KnownRepository,
  headSha: string,
  input: CheckInput & { readonly name: string },
): Promise<OwnCheck> {
  checkMay(actor);
  checkInput(input);
  if (!(await readCommitOf(world, Commit, repository.fullName, headSha))) throw new Refused(422, `No commit found for SHA: ${headSha}`);
  const now = new Date().toISOString();
  const empty: Omit<OwnCheck, "id" | "nodeId"> = {
    repository: repository.fullName,
    headSha,
    name: input.name,
    externalId: "",
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: now,
    completedAt: null,
    title: null,
    summary: null,
    actions: [],
  };
  const made = world.checks.add(changed(empty, input));
  tell(world, made, "created", actor);
  tellIfCompleted(world, empty, made, actor);
  return made;
}

export function updateCheck(world: World, actor: Author, id: number, input: CheckInput): OwnCheck {
  checkMay(actor);
  const before = world.checks.get(id);
  if (!before) throw new Refused(403, "Invalid app_id `15368` - check run can only be modified by the GitHub App that created it.");
  checkInput(input);
  const after = world.checks.put({ ...changed(before, input), id, nodeId: before.nodeId });
  tellIfCompleted(world, before, after, actor);
  return after;
}

function tellIfCompleted(world: World, before: Pick<OwnCheck, "status">, after: OwnCheck, actor: Author): void {
  if (before.status !== "completed" && after.status === "completed") tell(world, after, "completed", actor);
}

/** Nobody waits for it: what cannot be told any more, as at the sandbox's end, is told to nobody. */
function tell(world: World, check: OwnCheck, action: string, { login }: Author): void {
  tellOfCheck(world, check, action, login).catch(() => undefined);
}

function changed<Before extends Omit<OwnCheck, "id" | "nodeId">>(before: Before, input: CheckInput): Omit<OwnCheck, "id" | "nodeId"> {
  const conclusion = input.conclusion?.toLowerCase() ?? before.conclusion;
  // A conclusion completes it, as does no other status.
  const status = input.conclusion ? "completed" : ((input.status?.toLowerCase() as OwnCheck["status"] | undefined) ?? before.status);
  return {
    ...before,
    name: input.name ?? before.name,
    externalId: input.externalId ?? before.externalId,
    detailsUrl: input.detailsUrl ?? before.detailsUrl,
    status,
    conclusion: status === "completed" ? conclusion : null,
    startedAt: input.startedAt ?? before.startedAt,
    completedAt: status === "completed" ? (input.completedAt ?? before.completedAt ?? new Date().toISOString()) : null,
    title: input.output?.title ?? before.title,
    summary: input.output?.summary ?? before.summary,
    actions: input.actions ?? before.actions,
  };
}

function checkMay(actor: Author): void {
  if (actor.kind !== "installation") throw new Refused(403, "You must authenticate via a GitHub App.");
  if (actor.permissions.checks !== "write") throw new Refused(403, "Resource not accessible by integration");
}

function checkInput({ name, status, conclusion, actions, output }: CheckInput): void {
  const problems = [
    name === "" && "name can't be blank",
    status === "COMPLETED" && !conclusion && "conclusion is missing where the status is completed",
    (actions ?? []).length > mostActions && `No more than ${mostActions} items are allowed; ${actions?.length} were supplied.`,
    ...(actions ?? []).flatMap((action) =>
      (["label", "description", "identifier"] as const).map(
        (part) => action[part].length > longest[part] && `${part} is too long (maximum is ${longest[part]} characters)`,
      ),
    ),
    output?.title.trim() === "" && "title can't be blank",
    output?.summary.trim() === "" && "summary can't be blank",
    (output?.summary.length ?? 0) > longestSummary &&
      `Only ${longestSummary} characters are allowed; ${output?.summary.length} were supplied.`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0) throw new Refused(422, `Invalid request.\n\n${problems.join("\n")}`);
}
