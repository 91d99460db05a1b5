import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { WebClient } from "@slack/web-api";

/** The methods of Slack's Web API that the sources in a folder call, sorted: `chat.postMessage`. */
export function calledMethods(folder: string): string[] {
  const client = new WebClient();
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
  const calls = sources.flatMap((source) => [...methodsIn(source, client), ...byNameIn(source)]);
  return [...new Set(calls)].toSorted();
}

/** `client.chat.postMessage(`, broken into lines or not; Octokit's namesakes are no functions of Slack's client. Of `usergroups.users.list` the whole counts. */
function methodsIn(source: string, client: WebClient): string[] {
  return [...source.matchAll(/\.(\w+(?:\s*\.\w+)+)\s*\(/g)]
    .map(([, chain = ""]) => chain.replace(/\s/g, "").split("."))
    .map((chain) => chain.map((_, from) => chain.slice(from)).find((tail) => isMethod(client, tail)))
    .flatMap((method) => (method ? [method.join(".")] : []));
}

function isMethod(client: WebClient, [family = "", ...rest]: readonly string[]): boolean {
  if (rest.length === 0 || !Object.hasOwn(client, family)) return false;
  const found = rest.reduce<unknown>(step, step(client, family));
  return typeof found === "function";
}

const step = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key) ? value[key as keyof typeof value] : undefined;

const byNameIn = (source: string): string[] => [...source.matchAll(/\bapiCall\(\s*["'`]([\w.]+)/g)].map(([, name = ""]) => name);
