import * as z from "zod";
import { type Course, runThrough } from "./actions/course.ts";
import type { WorkflowRun } from "./actions/run.ts";
import type { Workflow } from "./actions/workflow.ts";
import { readWorkflowFile } from "./actions/workflow-file.ts";
import { headOf } from "./branches.ts";
import { readPull } from "./comments.ts";
import type { Delivery } from "./deliveries.ts";
import { readHome } from "./home.ts";
import { mergeQueueBot } from "./merge-queue-bot.ts";
import { Pull } from "./resources.ts";
import { mainRepository } from "./seed.ts";
import type { World } from "./world.ts";

/** A new head, and what CI made of it. */
export interface Arrival {
  readonly sha: string;
  readonly run: WorkflowRun;
}

interface NewCommit {
  readonly message: string;
  /** main unless said; one that is not there begins at the head of main. */
  readonly branch?: string;
  /** One of its own unless said. */
  readonly file?: { readonly path: string; readonly text: string };
}

/** Why GitHub takes a pull request out of the merge queue. */
export type Removal = "CI_FAILURE" | "CI_TIMEOUT" | "MANUAL" | "MERGE" | "MERGE_CONFLICT" | "QUEUE_CLEARED" | "BRANCH_PROTECTIONS";

/** What happens on branches. Runs come to their end as they are told to; each resolves when the deliveries were answered. */
export interface BranchesControl {
  /** A person commits to a branch, and CI runs on the new head. */
  commit(as: string, commit: NewCommit, course?: Course, repository?: string): Promise<Arrival>;
  /** A person merges a pull request, and CI runs on the new head of its base. */
  mergePull(as: string, number: number, course?: Course, repository?: string): Promise<Arrival>;
  /** The time has come for a workflow of main, by its file. */
  runOnSchedule(file: string, course?: Course, repository?: string): Promise<WorkflowRun>;
  /** The merge queue tries a pull request on a branch of its own. */
  tryInQueue(number: number, course?: Course, repository?: string): Promise<Arrival>;
  /** The merge queue lets go of a pull request: because of somebody, or by itself. */
  dequeuePull(number: number, reason: Removal, as?: string, repository?: string): Promise<Delivery>;
  protectBranch(branch: string, repository?: string): Promise<void>;
}

type About = Pick<WorkflowRun, "headSha" | "headBranch" | "title" | "actor">;

const Shaped = z.object({ sha: z.string() });
const Written = z.object({ commit: Shaped });
const Tree = z.object({ commit: z.object({ tree: Shaped }) });
const Told = z.object({ action: z.string(), pull_request: z.object({ number: z.number() }) });

export function createBranchesControl(world: World, tokenOf: (login: string) => string): BranchesControl {
  const { emulated, actions } = world;
  let files = 0;

  return {
    async commit(as, { message, branch = "main", file }, course = {}, repository = mainRepository) {
      const path = `/repos/${repository}`;
      if (!(await emulated.read(z.unknown(), `${path}/branches/${branch}`)))
        await addRef(repository, branch, await headOf(world, repository, "main"));
      const at = `${path}/contents/${file?.path ?? `src/commit-${++files}.rs`}`;
      const before = await emulated.read(Shaped, `${at}?ref=${encodeURIComponent(branch)}`);
      const content = Buffer.from(file?.text ?? `// ${message}\n`).toString("base64");
      const { commit } = await emulated.write(Written, "PUT", at, { message, content, branch, ...before }, tokenOf(as));
      return {
        sha: commit.sha,
        run: await ci(repository, "push", { headSha: commit.sha, headBranch: branch, title: message, actor: as }, course),
      };
    },

    async mergePull(as, number, course = {}, repository = mainRepository) {
      const pull = await pullOf(repository, number);
      // The emulator would merge into the base as it was when the pull request was opened; what the base got since it leaves out of the tree.
      await emulated.write(z.unknown(), "PATCH", `/repos/${repository}/pulls/${number}`, { base: pull.base.ref });
      const from = world.deliveries.all().length;
      const { sha } = await emulated.write(Shaped, "PUT", `/repos/${repository}/pulls/${number}/merge`, {}, tokenOf(as));
      await world.deliveries.answered(from, ({ payload }) => {
        const told = Told.safeParse(payload).data;
        return told?.action === "closed" && told.pull_request.number === number;
      });
      const title = `Merge pull request #${number} from ${pull.head.ref}`;
      return { sha, run: await ci(repository, "push", { headSha: sha, headBranch: pull.base.ref, title, actor: as }, course) };
    },

    async runOnSchedule(file, course = {}, repository = mainRepository) {
      const workflow = workflowOf(repository, file);
      const about = { headSha: await headOf(world, repository, "main"), headBranch: "main", title: workflow.name, actor: "grace" };
      return run(repository, workflow, "schedule", about, course);
    },

    async tryInQueue(number, course = {}, repository = mainRepository) {
      const pull = await pullOf(repository, number);
      const base = await headOf(world, repository, pull.base.ref);
      const head = await emulated.read(Tree, `/repos/${repository}/commits/${pull.head.sha}`);
      const message = `Merge pull request #${number} from ${pull.head.ref}`;
      const commit = { message, tree: head?.commit.tree.sha, parents: [base, pull.head.sha] };
      const { sha } = await emulated.write(Shaped, "POST", `/repos/${repository}/git/commits`, commit);
      const branch = `gh-readonly-queue/${pull.base.ref}/pr-${number}-${base}`;
      await addRef(repository, branch, sha);
      const about = { headSha: sha, headBranch: branch, title: message, actor: mergeQueueBot.login };
      return { sha, run: await ci(repository, "merge_group", about, course) };
    },

    async dequeuePull(number, reason, as = mergeQueueBot.login, repository = mainRepository) {
      const pull = await emulated.read(z.looseObject(Pull.shape), `/repos/${repository}/pulls/${number}`);
      const home = await readHome(world, { fullName: repository, isPrivate: false });
      const sender = world.accounts.find(({ login }) => login === as);
      return world.emit(
        "pull_request",
        JSON.stringify({ action: "dequeued", number, reason, pull_request: pull, repository: home, sender }),
      );
    },

    async protectBranch(branch, repository = mainRepository) {
      const nothing = { required_status_checks: null, enforce_admins: null, required_pull_request_reviews: null, restrictions: null };
      await emulated.write(z.unknown(), "PUT", `/repos/${repository}/branches/${branch}/protection`, nothing);
    },
  };

  function ci(repository: string, event: WorkflowRun["event"], about: About, course: Course): Promise<WorkflowRun> {
    return run(repository, workflowOf(repository, "ci.yml"), event, about, course);
  }

  async function run(
    repository: string,
    workflow: Workflow,
    event: WorkflowRun["event"],
    about: About,
    course: Course,
  ): Promise<WorkflowRun> {
    const file = await readWorkflowFile(emulated, repository, workflow, about.headSha);
    return runThrough(world, { repository, workflow, event, ...about }, file?.jobNames ?? [], course);
  }

  function workflowOf(repository: string, file: string): Workflow {
    const workflow = actions.workflow(repository, file);
    if (!workflow) throw new Error(`${repository} has no workflow ${file}.`);
    return workflow;
  }

  async function pullOf(repository: string, number: number): Promise<Pull> {
    const pull = await readPull(world, repository, number);
    if (!pull) throw new Error(`${repository} has no pull request ${number}.`);
    return pull;
  }

  function addRef(repository: string, branch: string, sha: string): Promise<unknown> {
    return emulated.write(z.unknown(), "POST", `/repos/${repository}/git/refs`, { ref: `refs/heads/${branch}`, sha });
  }
}
