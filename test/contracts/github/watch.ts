import type { GitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { graphqlContract } from "./graphql.ts";
import { restContract } from "./rest.ts";
import { nameOf, webhookContract } from "./webhooks.ts";

let known: Promise<Contract> | undefined;
type Contract = Awaited<ReturnType<typeof readContract>>;

async function readContract() {
  const [rest, graphql, webhook] = await Promise.all([restContract(), graphqlContract(), webhookContract()]);
  return { rest, graphql, webhook };
}

/** Watches a sandbox from now on; what it gives back tells what broke GitHub's contract since, by whichever side. */
export async function watchGitHub(github: GitHubSandbox): Promise<() => readonly string[]> {
  known ??= readContract();
  const contract = await known;
  const from = github.deliveries().length;
  const violations = new Set<string>();
  github.onExchange((exchange) => {
    // Not of the API: where GitHub redirects to for logs.
    if (exchange.path.startsWith("/_")) return;
    const problems = exchange.path === "/graphql" ? contract.graphql(exchange) : contract.rest(exchange);
    for (const problem of problems) violations.add(`${exchange.method} ${exchange.path}: ${problem}`);
  });

  return () => {
    for (const delivery of github.deliveries().slice(from)) {
      if (delivery.isMadeUp) continue;
      for (const problem of contract.webhook(delivery)) violations.add(`delivery ${nameOf(delivery)}: ${problem}`);
    }
    return [...violations];
  };
}
