import { randomInt, randomUUID } from "node:crypto";
import * as z from "zod";
import { appPermissions } from "../../bot/github/app-needs.ts";
import type { Access, Role } from "./access.ts";
import type { Actions, NewRun } from "./actions/actions.ts";
import type { JobState } from "./actions/job.ts";
import type { Emulated } from "./emulated.ts";
import { Issue, Pull } from "./resources.ts";
import { guidelines, seedChanges } from "./seed-changes.ts";
import { workflowFiles } from "./seed-workflows.ts";

export const organisation = "nextrust";
export const mainRepository = "nextrust/nextrust";
export const secretRepository = "nextrust/secret";
export const appSlug = "nextrust-ci";
export const appName = "NeXTRust CI";
export const botLogin = `${appSlug}[bot]`;
const appId = 1001;

/** The people, and what they may do in both repositories. The first owns the organisation: the emulator needs one who may do all. */
const people = { grace: "admin", ada: "maintain", ravi: "read", sam: "none", uma: "write" } as const satisfies Record<
  string,
  Role | "none"
>;
export type Login = keyof typeof people;
export const logins = Object.keys(people) as Login[];

export const requiredJobs: ReadonlySet<string> = new Set(["build (m68030)", "build (m68040)", "test-rust (m68030)", "test-rust (m68040)"]);
const otherJobs = ["emulation-test", "docs", "lint"];

/** Every job of the workflow in one state, but for these. */
export function allJobs(state: JobState, except: Readonly<Record<string, JobState>> = {}): Record<string, JobState> {
  return Object.fromEntries([...requiredJobs, ...otherJobs].map((name) => [name, except[name] ?? state]));
}

export interface SeedApp {
  readonly id: string;
  readonly installationId: number;
  readonly privateKey: string;
}

/** The App; its installation id is never the same twice, because auth-app shares tokens in flight between all Apps of a process by it alone. */
export const seedApp = (privateKey: string): SeedApp => ({ id: String(appId), installationId: randomInt(1e6, 2 ** 31), privateKey });

export const personToken = (login: Login): string => `ghp_${login}_${randomUUID().replaceAll("-", "")}`;

const permissions = Object.fromEntries(appPermissions.map(({ name, access }) => [name, access]));

const events = [
  ...["issue_comment", "pull_request", "pull_request_review", "pull_request_review_comment", "issues", "push"],
  ...["workflow_run", "workflow_job", "check_run"],
];

/** What the emulator is started with. */
export function emulatorSeed(app: SeedApp, tokens: Readonly<Record<Login, string>>, webhookUrl: string) {
  return {
    tokens: Object.fromEntries(logins.map((login) => [tokens[login], { login, scopes: ["repo"] }])),
    github: {
      users: logins.map((login) => ({ login, name: `${login[0]?.toUpperCase()}${login.slice(1)}` })),
      orgs: [{ login: organisation, name: "NeXTRust", members: [{ login: "grace", role: "admin" }] }],
      repos: [
        { owner: organisation, name: "nextrust", description: "Rust for the NeXTcube", language: "Rust" },
        { owner: organisation, name: "secret", description: "Not for everybody", private: true },
      ],
      apps: [
        {
          app_id: appId,
          slug: appSlug,
          name: appName,
          private_key: app.privateKey,
          permissions,
          events,
          webhook_url: webhookUrl,
          installations: [{ installation_id: app.installationId, account: organisation, repository_selection: "all" }],
        },
      ],
    },
  };
}

export interface Planted {
  readonly green: number;
  readonly red: number;
  readonly secret: number;
  readonly issue: number;
}

interface Ground {
  readonly emulated: Emulated;
  readonly access: Access;
  readonly actions: Actions;
  readonly tokens: Readonly<Record<Login, string>>;
}

/** Fills the repositories: people's roles, pull requests of ada's, and an issue of sam's. */
export async function plant({ emulated, access, actions, tokens }: Ground): Promise<Planted> {
  const secretMain = await prepare(secretRepository, true);
  const main = await prepare(mainRepository, false);
  const failing = { "test-rust (m68040)": "failure", "emulation-test": "skipped" } as const;
  const secret = await openPull(secretRepository, secretMain, "quieter-fans", "Make the fans quieter", allJobs("success"));
  const green = await openPull(mainRepository, main, "align-on-m68040", "Align the allocator on m68040", allJobs("success"));
  const red = await openPull(mainRepository, main, "fpu-traps", "Handle FPU traps in the kernel", allJobs("success", failing));
  const issue = { title: "Does it run on a NeXTstation?", body: "I have one in the cellar." };
  const { number } = await emulated.write(Issue, "POST", `/repos/${mainRepository}/issues`, issue, tokens.sam);
  return { green, red, secret, issue: number };

  /** Gives the head of the main branch. */
  async function prepare(fullName: string, isPrivate: boolean): Promise<string> {
    access.add({ fullName, isPrivate });
    // The private repository is ada's and grace's alone.
    const members = isPrivate ? (["grace", "ada"] as const) : (["grace", "ada", "ravi", "uma"] as const);
    for (const login of members) await setRole({ emulated, access }, login, fullName, people[login]);
    let headSha = "";
    if (!isPrivate) await commitFile(fullName, "main", guidelines.path, guidelines.text, tokens.grace);
    for (const { name, file, text } of isPrivate ? workflowFiles.slice(-1) : workflowFiles) {
      headSha = await commitFile(fullName, "main", `.github/workflows/${file}`, text, tokens.grace);
      actions.addWorkflow(fullName, name, file);
    }
    const about = { headBranch: "main", title: "Add .github/workflows/ci.yml", actor: "grace" };
    addCi(fullName, { event: "push", headSha, ...about, jobs: allJobs("success") });
    return headSha;
  }

  async function openPull(
    repository: string,
    from: string,
    branch: string,
    title: string,
    jobs: Record<string, JobState>,
  ): Promise<number> {
    await emulated.write(z.unknown(), "POST", `/repos/${repository}/git/refs`, { ref: `refs/heads/${branch}`, sha: from });
    const headSha = await commitFile(repository, branch, `src/${branch}.rs`, seedChanges[branch] ?? `// ${title}\n`, tokens.ada);
    const body = { title, body: "", head: branch, base: "main" };
    const { number } = await emulated.write(Pull, "POST", `/repos/${repository}/pulls`, body, tokens.ada);
    addCi(repository, { event: "pull_request", headSha, headBranch: branch, title, actor: "ada", jobs });
    return number;
  }

  function addCi(repository: string, run: Omit<NewRun, "repository" | "workflow">): void {
    const workflow = actions.workflow(repository, "ci.yml");
    if (workflow) actions.addRun({ repository, workflow, ...run });
  }

  async function commitFile(repository: string, branch: string, path: string, text: string, token: string): Promise<string> {
    const body = { message: `Add ${path}`, content: Buffer.from(text).toString("base64"), branch };
    return (await emulated.write(Written, "PUT", `/repos/${repository}/contents/${path}`, body, token)).commit.sha;
  }
}

const Written = z.object({ commit: z.object({ sha: z.string() }) });

const emulatorRoles = { read: "pull", triage: "triage", write: "push", maintain: "maintain", admin: "admin" } as const;

/** Gives or takes a role, here and in the emulator, which checks its own writes. */
export async function setRole(
  { emulated, access }: Pick<Ground, "emulated" | "access">,
  login: string,
  repository: string,
  role: Role | "none",
): Promise<void> {
  access.setRole(login, repository, role);
  const path = `/repos/${repository}/collaborators/${login}`;
  if (role === "none") await emulated.write(z.unknown(), "DELETE", path, undefined);
  else await emulated.write(z.unknown(), "PUT", path, { permission: emulatorRoles[role] });
}
