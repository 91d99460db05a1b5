import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { watchGitHub } from "./github/watch.ts";
import { watchSlack } from "./slack/watch.ts";

/** Watches what goes between the bot and the sandbox; `fail` throws with all that broke a contract. */
export async function watchContracts({ github, slack }: Pick<Sandbox, "github" | "slack">): Promise<{ fail(): void }> {
  const ofSlack = watchSlack(slack);
  const ofGitHub = await watchGitHub(github, "the bot");
  return {
    fail() {
      const violations = [...ofGitHub(), ...ofSlack()];
      if (violations.length > 0) throw new Error(`Contracts were broken:\n- ${violations.join("\n- ")}`);
    },
  };
}
