import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { commandTable } from "../scripts/command-table.ts";
import { commands } from "../src/commands/index.ts";
import { Environment } from "../src/config/environment.ts";
import { Settings } from "../src/config/settings.ts";

const file = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

/** Slack's limits for what we use of an app manifest, version 2. */
const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z-]{1,31}$/),
          url: z.url().max(3000),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().max(1000),
          should_escape: z.boolean(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string().max(50)) }) }),
  settings: z.strictObject({
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: z.url().max(3500) }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

describe("the command table", () => {
  it("is sorted, and every name is its file's", () => {
    const names = commands.map(({ name }) => name);

    expect(names).toEqual(names.toSorted());
    for (const name of names) expect(file(`src/commands/${name}.ts`)).toContain(`name: "${name}"`);
  });

  it.each(["README.md", "docs/commands.md"])("stands in %s as it is", (name) => {
    expect(file(name)).toContain(commandTable(commands));
  });

  it("stands in the hint that Slack shows while somebody types", () => {
    const { features } = Manifest.parse(parse(file("manifest.yml")));

    for (const { name } of commands) expect(features.slash_commands[0]?.usage_hint).toContain(name);
  });
});

describe("the configuration", () => {
  it("has an example file that is valid and names every key", () => {
    const example: unknown = parse(file("config/nextrust.yml"));

    expect(Settings.parse(example)).toEqual(Settings.parse({}));
    expect(Object.keys(example as object).toSorted()).toEqual(Object.keys(Settings.shape).toSorted());
  });

  it("is documented whole", () => {
    const text = file("docs/configuration.md");

    for (const name of [...Object.keys(Environment.shape), ...Object.keys(Settings.shape)]) expect(text).toContain(`\`${name}`);
  });
});
