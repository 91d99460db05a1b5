import type { GitHubSandbox } from "../github/github-sandbox.ts";
import type { ConsoleGitHub } from "./console-github.ts";
import { refusedTo } from "./refused-to.ts";
import { faultyFile, soundFile } from "./sample-commits.ts";

export const pullSceneNames = ["sound", "bug", "timeout", "mistake"] as const;
export type PullSceneName = (typeof pullSceneNames)[number];

/** Explained by no known issue, so that it has to be decided. */
const registryHangs = [
  "##[group]Run cargo doc --workspace",
  "    Updating crates.io index",
  "error: could not fetch the crate volatile: connection reset by the registry",
  "##[endgroup]",
  "##[error]Process completed with exit code 101.",
  "",
].join("\n");

/** What happens to a pull request as no single job's menu can tell it; `as` is the GitHub login of who commits. */
export function createPullScenes(
  github: GitHubSandbox,
  jobs: Pick<ConsoleGitHub, "breakJob" | "fixJob">,
): (as: string, number: number, name: PullSceneName) => Promise<void> {
  let pushed = 0;

  const push = async (as: string, number: number, files: Readonly<Record<string, string>>) => {
    await github.pushFiles(as, number, files).catch(refusedTo(as));
  };
  const nextFile = (write: typeof soundFile) => {
    pushed += 1;
    return write(pushed);
  };

  const scenes: Readonly<Record<PullSceneName, (as: string, number: number) => Promise<void>>> = {
    sound: (as, number) => push(as, number, nextFile(soundFile)),
    bug: (as, number) => push(as, number, nextFile(faultyFile)),
    /** On a run of its own: of one attempt only the first failures are decided. */
    async timeout(as, number) {
      await push(as, number, nextFile(soundFile));
      await jobs.fixJob(number, "docs");
      await github.setLog(number, "docs", registryHangs);
      await github.setJob(number, "docs", "failure");
    },
    async mistake(as, number) {
      await push(as, number, nextFile(soundFile));
      await jobs.breakJob(number, "build (m68030)");
    },
  };
  return (as, number, name) => scenes[name](as, number);
}
