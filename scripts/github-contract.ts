// Picks out of GitHub's published descriptions what we use of them, for the tests to check against:
//   node scripts/github-contract.ts <api.github.com.json of @octokit/openapi> <that of @octokit/openapi-webhooks>
import { readFile, writeFile } from "node:fs/promises";
import { operationContract, schemasOf, webhookContract } from "./github-contract/pick.ts";
import { share } from "./github-contract/share.ts";
import { events, operations } from "./github-contract/used.ts";

const [api, webhooks] = process.argv.slice(2);
if (!api || !webhooks) throw new Error("Name the two descriptions: that of the API, then that of the webhooks.");

const read = async (file: string) => JSON.parse(await readFile(file, "utf8"));
const target = new URL("../test/contracts/github/", import.meta.url);

/** One entry a line, so that a new version of GitHub's description can be read as a difference. */
async function write(name: string, sections: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<void> {
  const lines = (entries: Readonly<Record<string, unknown>>) =>
    Object.entries(entries)
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(",\n");
  const text = Object.entries(sections)
    .map(([key, entries]) => `${JSON.stringify(key)}:{\n${lines(entries)}\n}`)
    .join(",\n");
  await writeFile(new URL(name, target), `{${text}}\n`);
}

const apiDescription = await read(api);
const picked = Object.fromEntries(
  operations.map(([method, path]) => [`${method} ${path}`, operationContract(apiDescription, method, path)]),
);
const { shared: operationsOf, schemas } = share(picked, schemasOf(apiDescription, picked));
await write("openapi.json", { operations: operationsOf, schemas });

const webhookDescription = await read(webhooks);
const payloads = Object.fromEntries(events.map((event) => [event, webhookContract(webhookDescription, event)]));
const { shared: payloadsOf, schemas: webhookSchemas } = share(payloads, schemasOf(webhookDescription, payloads));
await write("webhooks.json", { payloads: payloadsOf, schemas: webhookSchemas });
