import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { generated } from "../scripts/generated.ts";
import { commands } from "../src/commands/index.ts";
import { Environment } from "../src/config/environment.ts";
import { Settings } from "../src/config/settings.ts";

const root = join(import.meta.dirname, "..");
const file = (name: string) => readFileSync(join(root, name), "utf8");
const pages = ["README.md", "CONTRIBUTING.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)];

describe("the command table", () => {
  it("is sorted, and every name is its file's", () => {
    const names = commands.map(({ name }) => name);

    expect(names).toEqual(names.toSorted());
    for (const name of names) expect(file(`src/commands/${name}.ts`)).toContain(`name: "${name}"`);
  });
});

describe("what documentation takes from the code", () => {
  it.each([...generated(file)])("stands in %s as it is now", (name, text) => {
    expect(file(name)).toBe(text);
  });

  it("is every command, variable and setting", () => {
    const [onCommands, onConfiguration] = [file("docs/commands.md"), file("docs/configuration.md")];

    for (const { name } of commands) expect(onCommands).toContain(`### ${name}\n`);
    for (const name of [...Object.keys(Environment.shape), ...Object.keys(Settings.shape)])
      expect(onConfiguration).toContain(`| \`${name}`);
  });
});

describe("the settings file that comes with the repository", () => {
  it("says the defaults and names every key", () => {
    const example: unknown = parse(file("config/nextrust.yml"));

    expect(Settings.parse(example)).toEqual(Settings.parse({}));
    const named = [
      ...Object.keys(example as object),
      ...file("config/nextrust.yml")
        .matchAll(/^# (\w+):/gm)
        .map(([, key = ""]) => key),
    ];
    expect([...new Set(named)].toSorted()).toEqual(Object.keys(Settings.shape).toSorted());
  });
});

describe.each(pages)("%s", (page) => {
  const text = file(page);
  const code = [...text.matchAll(/^```.*\n([\s\S]*?)^```|`([^`\n]+)`/gm)].map(([, block, span]) => block ?? span ?? "");

  it("links to what is there", () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target).filter((target) => !/^https?:/.test(target));

    expect(links.filter((link) => !isThere(page, link))).toEqual([]);
  });

  it("names no command that the table does not have", () => {
    const named = code.flatMap((each) => [...each.matchAll(/(?<![\w/.])\/ci[ -]([a-z][a-z-]*)/g)].map(([, name = ""]) => name));

    expect(named.filter((name) => !commands.some((command) => command.name === name))).toEqual([]);
  });

  it("names no variable of ours that the bot does not read", () => {
    const named = code.flatMap((each) => each.match(/\b(?:SLACK|GITHUB|NEXTRUST|REDIS|DATABASE|LOG)_[A-Z_]+\b/g) ?? []);

    expect(named.filter((name) => !Object.hasOwn(Environment.shape, name))).toEqual([]);
  });

  it("shows settings that the bot takes", () => {
    const examples = [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].map(([, block = ""]): unknown => parse(block));

    for (const example of examples) expect(Settings.safeParse(example).error?.issues).toBeUndefined();
  });
});

/** Whether a link of a page leads to a file of the repository and, where it names one, to a heading in it. */
function isThere(page: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || headingsOf(file(target)).includes(heading);
}

/** The names that GitHub gives to the headings of a page. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
