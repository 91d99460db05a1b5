import type { Course } from "../github/actions/course.ts";
import type { GitHubSandbox } from "../github/github-sandbox.ts";
import { refusedTo } from "./refused-to.ts";

export const sceneNames = ["push", "fix", "nightly_red", "nightly_green", "queue", "outage", "private", "public"] as const;
export type SceneName = (typeof sceneNames)[number];

/** As many as make an outage: each has a thread in #ci as well. */
const pullsOfAnOutage = 3;
const registryIsDown = "error: failed to download from `https://registry.example/crates/serde`: [28] Timeout was reached";

/** What happens to main and around it as no single job's menu can tell it; `as` is the GitHub login of who commits. */
export function createScenes(github: GitHubSandbox): (as: string, name: SceneName) => Promise<void> {
  const scenes: Readonly<Record<SceneName, (as: string) => Promise<unknown>>> = {
    push: (as) => commit(as, "Tidy up"),
    async fix(as) {
      for (const { name } of await github.jobs("main")) github.setOutcome(name, "success");
      await commit(as, "Fix what is red");
    },
    nightly_red: () => github.runOnSchedule("nightly.yml", nightly("failure")),
    nightly_green: () => github.runOnSchedule("nightly.yml", nightly("success")),
    async queue() {
      const jobs = { "emulation-test": "failure" } as const;
      await github.tryInQueue(github.pulls.green, { jobs, logs: { "emulation-test": "error: the emulator stopped with signal 11" } });
      await github.dequeuePull(github.pulls.green, "CI_FAILURE");
    },
    private: async () => github.setPrivate(true),
    public: async () => github.setPrivate(false),
    outage: () => github.openPulls("uma", pullsOfAnOutage, { jobs: { lint: "failure" }, logs: { lint: registryIsDown } }),
  };
  return async (as, name) => {
    await scenes[name](as);
  };

  /** Its jobs wait for a runner, and go on as those of every other run do. */
  async function commit(as: string, message: string): Promise<void> {
    const jobs = (await github.runs("main")).filter(({ workflow }) => workflow.name === "CI").at(-1)?.jobs ?? [];
    const waiting = Object.fromEntries(jobs.map(({ name }) => [name, "queued" as const]));
    await github.commit(as, { message }, { jobs: waiting }).catch(refusedTo(as, "main"));
  }
}

const nightly = (state: "success" | "failure"): Course => ({
  jobs: { "soak-test": state },
  logs: { "soak-test": state === "failure" ? "error: out of memory after 4 h" : "All is well." },
});
