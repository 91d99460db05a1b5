import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { eventTable, scopeTable } from "../../scripts/manifest-tables.ts";
import { usageHint } from "../../scripts/usage-hint.ts";
import { events } from "../../src/bot/slack/events.ts";
import { shortcuts } from "../../src/bot/slack/listeners/shortcuts.ts";
import { calledMethods } from "./called-methods.ts";
import { Manifest } from "./schema.ts";
import { scopesOfEvents, scopesOfMethods } from "./scopes-of-methods.ts";
import { slackNames } from "./slack-names.ts";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "manifest.yml"), "utf8");
const manifest = Manifest.parse(parse(text));
const scopes = manifest.oauth_config?.scopes?.bot ?? [];
const called = calledMethods(join(root, "src/bot"));

describe("the Slack app's manifest", () => {
  it("asks for scopes and events that Slack has", () => {
    const [knownScopes, knownEvents] = [slackNames("BotScope"), slackNames("ManifestEvent")];
    const { bot_events: events = [] } = manifest.settings?.event_subscriptions ?? {};

    expect([knownScopes.size, knownEvents.size]).toEqual([65, 98]);
    expect(scopes.filter((scope) => !knownScopes.has(scope))).toEqual([]);
    expect(events.filter((event) => !knownEvents.has(event))).toEqual([]);
  });

  it("asks for every scope that a call or an event needs, and for none that nothing needs", () => {
    const ofCommands = manifest.features?.slash_commands ? ["commands"] : [];
    const { bot_events: events = [] } = manifest.settings?.event_subscriptions ?? {};
    const ofEvents = events.flatMap((event) => scopesOfEvents[event] ?? []);
    const needed = new Set([...ofCommands, ...ofEvents, ...called.flatMap((method) => scopesOfMethods[method] ?? [])]);

    expect(events.filter((event) => scopesOfEvents[event] === undefined)).toEqual([]);
    expect(called.filter((method) => scopesOfMethods[method] === undefined)).toEqual([]);
    expect(scopes.toSorted()).toEqual([...needed].toSorted());
  });

  it("is compared with calls that are found, on one line or over several", () => {
    expect(called).toEqual(expect.arrayContaining(["auth.test", "chat.postMessage", "conversations.history", "users.info"]));
  });

  it("offers the shortcuts that the bot hears, and lets dialogs ask it for options", () => {
    const ids = manifest.features?.shortcuts?.map(({ callback_id }) => callback_id) ?? [];

    expect(ids.toSorted()).toEqual(Object.values(shortcuts).toSorted());
    expect(manifest.settings?.interactivity?.message_menu_options_url).toBe(manifest.settings?.interactivity?.request_url);
    expect(manifest.features?.app_home?.home_tab_enabled).toBe(true);
  });

  it("subscribes to the events that the bot takes, and to no other", () => {
    const { bot_events: subscribed = [] } = manifest.settings?.event_subscriptions ?? {};

    expect(new Set(subscribed.map((event) => event.split(".")[0]))).toEqual(new Set(Object.keys(events)));
  });

  it("asks for nothing of people's own accounts, and gives nothing away", () => {
    const { user, bot_optional, user_optional } = manifest.oauth_config?.scopes ?? {};

    expect([user, bot_optional, user_optional, manifest.oauth_config?.redirect_urls]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("has one address, of nobody's host", () => {
    const urls = [...text.matchAll(/https?:\/\/\S+/g)].map(([url]) => url);

    expect(new Set(urls)).toEqual(new Set(["https://nextrust.example.com/slack/events"]));
  });
});

describe("the manifest for Socket Mode", () => {
  it("is the same without its three addresses, as docs/slack-app.md says", () => {
    const lines = text.split("\n").filter((line) => !/^\s+(request_)?url: /.test(line));
    const edited = lines.join("\n").replace("socket_mode_enabled: false", "socket_mode_enabled: true");

    expect(text.split("\n").length - lines.length).toBe(3);
    expect(Manifest.parse(parse(edited)).settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
  });
});

describe("the reasons in the manifest", () => {
  it("are refused where one is missing", () => {
    expect(() => scopeTable("oauth_config: { scopes: { bot: [commands] } }")).toThrow("commands in manifest.yml has no reason beside it.");
  });

  it("become a table, of events as of scopes", () => {
    const events = "settings:\n  event_subscriptions:\n    bot_events:\n      - app_home_opened # shows the home tab\n";

    expect(eventTable(events)).toContain("| `app_home_opened` | shows the home tab |");
    expect(eventTable("settings: {}")).toMatch(/^None\. /);
  });
});

describe("the hint that Slack shows while somebody types", () => {
  const aCommand = (name: string, usage = "") => ({ name, usage });

  it("begins with help, then goes on as the table", () => {
    expect(usageHint([aCommand("can", "<command>"), aCommand("help", "[command]"), aCommand("status")])).toBe(
      "help [command] | can <command> | status",
    );
  });

  it.each([1, 48, 49, 50, 51, 52, 200])("holds whole commands within Slack's 1,000 characters: %i of them", (count) => {
    const commands = Array.from({ length: count }, (_, index) => aCommand(`c${String(index).padStart(3, "0")}`, "x".repeat(12)));

    const hint = usageHint(commands);

    const shown = hint.split(" | ");
    expect(hint.length).toBeLessThanOrEqual(1_000);
    expect(shown.filter((each) => each !== "…").every((each) => each.length === 17)).toBe(true);
    expect(shown.includes("…")).toBe(count > 50);
  });
});
