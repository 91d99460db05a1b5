import { appEvents } from "../../../src/bot/github/app-needs.ts";
import type { GitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { graphqlContract } from "./graphql.ts";
import { restContract } from "./rest.ts";
import { nameOf, webhookContract } from "./webhooks.ts";

const taken = new Set(appEvents.map(({ name }) => name));

let known: Promise<Contract> | undefined;
type Contract = Awaited<ReturnType<typeof readContract>>;

async function readContract() {
  const [rest, graphql, webhook] = await Promise.all([restContract(), graphqlContract(), webhookContract()]);
  return { rest, graphql, webhook };
}

/**
 * Watches a sandbox from now on; what it gives back tells what broke GitHub's contract since, by whichever side.
 *
 * @param whose "the bot" leaves out what people do by hand to set a scene, and the events that the bot does not take
 */
export async function watchGitHub(github: GitHubSandbox, whose: "everyone" | "the bot" = "everyone"): Promise<() => readonly string[]> {
  known ??= readContract();
  const contract = await known;
  const from = github.deliveries().length;
  const violations = new Set<string>();
  github.onExchange((exchange) => {
    // Not of the API: where GitHub redirects to for logs, and where people sign in.
    if (exchange.path.startsWith("/_") || exchange.path.startsWith("/login/")) return;
    if (whose === "the bot" && exchange.by === "person") return;
    const problems = exchange.path === "/graphql" ? contract.graphql(exchange) : contract.rest(exchange);
    for (const problem of problems) violations.add(`${exchange.method} ${exchange.path}: ${problem}`);
  });

  return () => {
    for (const delivery of github.deliveries().slice(from)) {
      if (delivery.isMadeUp || (whose === "the bot" && !taken.has(delivery.event))) continue;
      for (const problem of contract.webhook(delivery)) violations.add(`delivery ${nameOf(delivery)}: ${problem}`);
    }
    return [...violations];
  };
}
