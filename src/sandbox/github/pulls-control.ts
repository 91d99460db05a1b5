import * as z from "zod";
import { type Course, runThrough } from "./actions/course.ts";
import type { ApiRequest } from "./answer.ts";
import type { Answered } from "./api.ts";
import { headOf, pushFiles, type Target } from "./branches.ts";
import type { Said } from "./conversation.ts";
import type { Delivery } from "./deliveries.ts";
import { accountOf, readHome } from "./home.ts";
import { Commit, Pull } from "./resources.ts";
import { allJobs, mainRepository } from "./seed.ts";
import type { World } from "./world.ts";
import { type Files, writeFiles } from "./write-files.ts";

interface NewPull {
  readonly title: string;
  readonly body?: string;
  /** Its name; it begins at the head of main. */
  readonly branch: string;
  /** What it changes; one new file unless said. */
  readonly files?: Files;
  readonly isDraft?: boolean;
  readonly labels?: readonly string[];
}

/** What a person changes about a pull request at once. */
type PullChange = { readonly title: string } | { readonly body: string } | { readonly state: "open" | "closed" };

/** What people do with pull requests; each resolves when the delivery was answered. */
export interface PullsControl {
  /** CI begins on it, with every job queued. */
  openPull(as: string, pull: NewPull, repository?: string): Promise<Said & { readonly number: number }>;
  /** Many at once, each with one run of CI that has just the jobs of this course and comes to its end; gives their numbers. */
  openPulls(as: string, count: number, course: Course, repository?: string): Promise<readonly number[]>;
  changePull(as: string, number: number, change: PullChange, repository?: string): Promise<Said>;
  /** A person commits to the branch of a pull request; `onto` another commit than its head is a forced push. Gives the new head. */
  pushFiles(as: string, number: number, files: Files, at?: { readonly onto?: string; readonly repository?: string }): Promise<string>;
  /** A draft is ready for review, or is one again. */
  setDraft(as: string, number: number, isDraft: boolean, repository?: string): Promise<Delivery>;
  label(as: string, number: number, labels: readonly string[], repository?: string): Promise<void>;
  /** The commit at which a pull request or branch stands. */
  head(target: Target, repository?: string): Promise<string>;
  /** What a file holds at a commit; undefined where it is not there. */
  readFile(sha: string, path: string, repository?: string): Promise<string | undefined>;
}

const Content = z.object({ content: z.string() });
const Told = z.object({ action: z.string(), pull_request: z.object({ id: z.number() }) });

export function createPullsControl(
  world: World,
  api: (request: ApiRequest) => Promise<Answered>,
  tokenOf: (login: string) => string,
): PullsControl {
  const { emulated, actions, runner, deliveries } = world;
  let many = 0;

  return {
    async openPull(as, given, repository = mainRepository) {
      const { pull, said, run } = await opened(as, given, repository);
      const workflow = actions.workflow(repository, "ci.yml");
      if (workflow) await runner.begin({ ...run, workflow, jobs: allJobs("queued") });
      return { ...said, number: pull.number };
    },
    async openPulls(as, count, course, repository = mainRepository) {
      const workflow = actions.workflow(repository, "ci.yml");
      const numbers: number[] = [];
      for (let index = 1; index <= count; index++) {
        many += 1;
        const { pull, run } = await opened(as, { title: `Change ${many}`, branch: `change-${many}` }, repository);
        if (workflow) await runThrough(world, { ...run, workflow }, [], course);
        numbers.push(pull.number);
      }
      return numbers;
    },
    async changePull(as, number, change, repository = mainRepository) {
      const action = "state" in change ? (change.state === "open" ? "reopened" : "closed") : "edited";
      return (await send(as, action, "PATCH", `/repos/${repository}/pulls/${number}`, change)).said;
    },
    pushFiles: (as, number, files, { onto, repository = mainRepository } = {}) =>
      pushFiles(world, tokenOf(as), repository, number, files, onto),
    async setDraft(as, number, isDraft, repository = mainRepository) {
      const path = `/repos/${repository}/pulls/${number}`;
      const pull = await emulated.write(z.looseObject(Pull.shape), "PATCH", path, { draft: isDraft }, tokenOf(as));
      const home = await readHome(world, { fullName: repository, isPrivate: false });
      const action = isDraft ? "converted_to_draft" : "ready_for_review";
      const payload = { action, number, pull_request: pull, repository: home, sender: accountOf(world, as) };
      return world.emit("pull_request", JSON.stringify(payload));
    },
    label,
    head: (target, repository = mainRepository) => headOf(world, repository, target),
    async readFile(sha, path, repository = mainRepository) {
      const at = `/repos/${repository}/contents/${path.split("/").map(encodeURIComponent).join("/")}?ref=${encodeURIComponent(sha)}`;
      const found = await emulated.read(Content, at);
      return found && Buffer.from(found.content, "base64").toString();
    },
  };

  async function label(as: string, number: number, labels: readonly string[], repository = mainRepository): Promise<void> {
    await emulated.write(z.unknown(), "POST", `/repos/${repository}/issues/${number}/labels`, { labels }, tokenOf(as));
  }

  /** The pull request, and what its run is about. */
  async function opened(as: string, { title, body = "", branch, files, isDraft = false, labels = [] }: NewPull, repository: string) {
    const main = await emulated.read(Commit, `/repos/${repository}/commits/main`);
    await emulated.write(z.unknown(), "POST", `/repos/${repository}/git/refs`, { ref: `refs/heads/${branch}`, sha: main?.sha });
    const changed = files ?? { [`src/${branch}.rs`]: `// ${title}\n` };
    await writeFiles(emulated, tokenOf("grace"), changed, { repository, branch, parent: main?.sha ?? "", message: title });
    const given = { title, body, head: branch, base: "main", draft: isDraft };
    const { pull, said } = await send(as, "opened", "POST", `/repos/${repository}/pulls`, given);
    if (labels.length > 0) await label(as, pull.number, labels, repository);
    const run = { repository, event: "pull_request", headSha: pull.head.sha, headBranch: branch, title, actor: as } as const;
    return { pull, said, run };
  }

  async function send(as: string, action: string, method: string, target: string, content: object): Promise<{ pull: Pull; said: Said }> {
    const from = deliveries.all().length;
    const headers = { authorization: `token ${tokenOf(as)}`, "content-type": "application/json" };
    const { answer } = await api({ method, target, headers, body: Buffer.from(JSON.stringify(content)) });
    if (answer.status >= 300) throw new Error(`GitHub refused it with ${answer.status}: ${answer.body.toString()}`);
    const pull = Pull.parse(JSON.parse(answer.body.toString()));
    const isOfIt = ({ payload }: Delivery) => {
      const told = Told.safeParse(payload);
      return told.success && told.data.action === action && told.data.pull_request.id === pull.id;
    };
    const { guid } = await deliveries.answered(from, isOfIt);
    return { pull, said: { id: pull.id, nodeId: pull.node_id, guid } };
  }
}
