import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** Which rooms a room may import from, besides itself and the shared words (reply, errors, services, secret, log). */
const allowed: Readonly<Record<string, readonly string[]>> = {
  pipeline: [],
  config: ["pipeline"],
  commands: ["pipeline"],
  state: ["pipeline", "config"],
  ai: ["pipeline", "config"],
  bot: ["ai", "commands", "pipeline", "config", "state"],
  cli: ["bot", "commands", "pipeline", "config", "state", "start", "machine", "hooks"],
  hooks: ["pipeline", "config", "state", "machine"],
  machine: ["bot", "pipeline", "config", "state"],
  sandbox: ["bot", "commands", "pipeline", "config"],
  start: ["bot", "config", "sandbox"],
  main: ["cli", "compile-cache", "hooks"],
};
const shared = ["reply", "errors", "services", "secret", "log"];

/** Only these files put things together, and so may reach across rooms as listed. */
const roots: Readonly<Record<string, readonly string[]>> = {
  bot: ["bot/bot.ts"],
  cli: [
    "cli/audit.ts",
    "cli/clear-backoff.ts",
    "cli/import/place-of.ts",
    "cli/known-issue/sightings-here.ts",
    "cli/migrate/steps-in.ts",
    "cli/migrate/steps/commands.ts",
    "cli/prices.ts",
    "cli/sync.ts",
    "cli/usage-report.ts",
  ],
  hooks: ["hooks/create-context.ts"],
  machine: ["machine/budget/local.ts", "machine/spool/ledger-of.ts"],
};

const roomOf = (file: string): string => (file.split("/")[0] ?? "").replace(/\.ts$/, "");

function importsOf(file: string): readonly { specifier: string; isTypeOnly: boolean }[] {
  const source = readFileSync(join(root, file), "utf8");
  const pattern = /^(?:import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)"|\bimport\("([^"]+)"\)/gms;
  return [...source.matchAll(pattern)].map((match) => ({ specifier: match[2] ?? match[3] ?? "", isTypeOnly: match[1] !== undefined }));
}

const edges = files.flatMap((file) =>
  importsOf(file)
    .filter(({ specifier }) => specifier.startsWith(".") && specifier.endsWith(".ts"))
    .map(({ specifier, isTypeOnly }) => ({ from: file, to: relative(root, join(root, dirname(file), specifier)), isTypeOnly })),
);

describe("imports", () => {
  it("are found at all", () => {
    expect(edges.length).toBeGreaterThan(100);
  });

  it("point inwards", () => {
    const wrong = edges.filter(({ from, to }) => {
      const [here, there] = [roomOf(from), roomOf(to)];
      return here !== there && !shared.includes(there) && !(allowed[here] ?? shared).includes(there) && !shared.includes(here);
    });

    expect(wrong).toEqual([]);
  });

  it("reach state only from a composition root", () => {
    const outside = edges.filter(({ from, to }) => roomOf(to) === "state" && roomOf(from) !== "state");
    const wrong = outside.filter(({ from }) => !roots[roomOf(from)]?.includes(from));

    expect(wrong).toEqual([]);
  });

  it("give the pipeline no SDK", () => {
    const foreign = files
      .filter((file) => roomOf(file) === "pipeline")
      .flatMap((file) => importsOf(file).filter(({ specifier }) => !specifier.startsWith(".") && specifier !== "node:crypto"));

    expect(foreign).toEqual([]);
  });

  it("give commands no SDK and no surface", () => {
    const foreign = files
      .filter((file) => roomOf(file) === "commands")
      .flatMap((file) => importsOf(file).filter(({ specifier }) => !specifier.startsWith(".") && specifier !== "node:crypto"));

    expect(foreign).toEqual([]);
  });

  it("go round in no circle", () => {
    const next = Map.groupBy(
      edges.filter(({ isTypeOnly }) => !isTypeOnly),
      ({ from }) => from,
    );
    const done = new Set<string>();
    const circleFrom = (file: string, path: readonly string[]): readonly string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const { to } of next.get(file) ?? []) {
        const circle = circleFrom(to, [...path, file]);
        if (circle) return circle;
      }
      done.add(file);
      return undefined;
    };

    expect(files.map((file) => circleFrom(file, [])).filter(Boolean)).toEqual([]);
  });
});

describe("the environment", () => {
  it("is read by the composition roots only", () => {
    const readers = files.filter((file) => /process\.env/.test(readFileSync(join(root, file), "utf8")));

    expect(readers.toSorted()).toEqual([
      "cli/audit.ts",
      "cli/budget.ts",
      "cli/checkout.ts",
      "cli/import.ts",
      "cli/known-issue.ts",
      "cli/migrate.ts",
      "cli/prices.ts",
      "cli/setup.ts",
      "cli/start.ts",
      "cli/status.ts",
      "cli/sync.ts",
      "cli/usage-report.ts",
      "hooks/main.ts",
      "main.ts",
    ]);
  });
});
