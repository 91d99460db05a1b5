import { describe, expect, it } from "vitest";
import { placesIn, withAt } from "./places.ts";
import { Manifest } from "./schema.ts";
import { wholeManifest } from "./whole.ts";

const whole = wholeManifest();
const at = (path: string) => path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
const takes = (path: string, value: unknown) => Manifest.safeParse(withAt(whole, at(path), value)).success;

const letters = (count: number) => "x".repeat(count);
const url = (length: number) => "https://a.example/".padEnd(length, "x");
const many = <Each>(count: number, each: (index: number) => Each) => Array.from({ length: count }, (_, index) => each(index));
const words = (count: number) => many(count, (index) => `word_${index}`);
const domain = (index: number) => `${index}.example`;
const prompt = { title: "t", message: "m" };
const shortcut = { name: "s", type: "global", callback_id: "c", description: "d" };
const slash = { command: "/c", description: "d" };
const subscription = (index: number) => ({ app_id: "A1", event_type: `t${index}` });

/** The most and the least that Slack takes, and what is just beyond. */
const limits: readonly (readonly [path: string, taken: unknown, refused: unknown])[] = [
  ["_metadata.major_version", 2, 1],
  ["display_information.name", letters(35), letters(36)],
  ["display_information.name", "n", ""],
  ["display_information.description", letters(140), letters(141)],
  ["display_information.description", "d", ""],
  ["display_information.background_color", "#abcdef", "#abcd"],
  ["display_information.background_color", "#abc", "abc"],
  ["display_information.long_description", letters(175), letters(174)],
  ["display_information.long_description", letters(4_000), letters(4_001)],
  ["features.bot_user.display_name", letters(80), letters(81)],
  ["features.bot_user.display_name", "b", ""],
  ["features.shortcuts", many(10, () => shortcut), many(11, () => shortcut)],
  ["features.shortcuts", [shortcut], []],
  ["features.shortcuts.0.name", letters(24), letters(25)],
  ["features.shortcuts.0.name", "s", ""],
  ["features.shortcuts.0.type", "message", "channel"],
  ["features.shortcuts.0.callback_id", letters(255), letters(256)],
  ["features.shortcuts.0.callback_id", "c", ""],
  ["features.shortcuts.0.description", letters(150), letters(151)],
  ["features.shortcuts.0.description", "d", ""],
  ["features.slash_commands", many(50, () => slash), many(51, () => slash)],
  ["features.slash_commands", [slash], []],
  ["features.slash_commands.0.command", `/${letters(31)}`, `/${letters(32)}`],
  ["features.slash_commands.0.command", "/c", "/"],
  ["features.slash_commands.0.command", "/ci", "ci"],
  ["features.slash_commands.0.description", letters(2_000), letters(2_001)],
  ["features.slash_commands.0.description", "d", ""],
  ["features.slash_commands.0.url", url(3_000), url(3_001)],
  ["features.slash_commands.0.url", "http://a.example", "ftp://a.example"],
  ["features.slash_commands.0.usage_hint", letters(1_000), letters(1_001)],
  ["features.slash_commands.0.usage_hint", "u", ""],
  ["features.unfurl_domains", many(5, domain), many(6, domain)],
  ["features.unfurl_domains", ["a.example"], []],
  ["features.unfurl_domains", ["a.example"], ["a.example", "a.example"]],
  ["features.unfurl_domains.0", letters(255), letters(256)],
  ["features.unfurl_domains.0", "a-b.example", ".example"],
  ["features.agent_view.agent_description", letters(300), letters(301)],
  ["features.agent_view.suggested_prompts", many(4, () => prompt), many(5, () => prompt)],
  ["oauth_config.redirect_urls", words(1_000), words(1_001)],
  ["oauth_config.redirect_urls", [], ["a", "a"]],
  ["oauth_config.redirect_urls.0", letters(2_500), letters(2_501)],
  ...["bot", "user", "bot_optional", "user_optional"].flatMap((kind) => [
    [`oauth_config.scopes.${kind}`, words(255), words(256)] as const,
    [`oauth_config.scopes.${kind}`, [letters(50)], [letters(51)]] as const,
  ]),
  ["settings.event_subscriptions.request_url", url(3_500), url(3_501)],
  ["settings.event_subscriptions.request_url", "https://a.example", "a.example"],
  ...["bot_events", "user_events"].flatMap((kind) => [
    [`settings.event_subscriptions.${kind}`, words(100), words(101)] as const,
    [`settings.event_subscriptions.${kind}`, [letters(50)], [letters(51)]] as const,
    [`settings.event_subscriptions.${kind}`, ["a"], ["a", "a"]] as const,
  ]),
  ["settings.event_subscriptions.metadata_subscriptions", many(20, subscription), many(21, subscription)],
  ["settings.event_subscriptions.metadata_subscriptions", [subscription(1)], []],
  ["settings.event_subscriptions.metadata_subscriptions", [subscription(1)], [subscription(1), subscription(1)]],
  ["settings.event_subscriptions.metadata_subscriptions.0.event_type", letters(50), letters(51)],
  ["settings.interactivity.request_url", url(3_500), url(3_501)],
  ["settings.interactivity.request_url", "https://a.example", "a.example"],
  ["settings.interactivity.message_menu_options_url", url(3_500), url(3_501)],
  ["settings.interactivity.message_menu_options_url", "https://a.example", "a.example"],
  ["settings.siws_links.initiate_uri", url(3_500), url(3_501)],
  ["settings.siws_links.initiate_uri", "https://a.example", "http://a.example"],
  ["settings.allowed_ip_address_ranges", many(50, (index) => `10.0.0.${index}`), many(51, (index) => `10.0.0.${index}`)],
  ["settings.allowed_ip_address_ranges", ["10.0.0.1"], []],
  ["settings.allowed_ip_address_ranges", ["10.0.0.1"], ["10.0.0.1", "10.0.0.1"]],
  ["settings.allowed_ip_address_ranges.0", "255.255.255.255/32", "256.0.0.0"],
  ["settings.allowed_ip_address_ranges.0", "10.0.0.0/8", "10.0.0.0/33"],
];

const required = [
  "display_information",
  "display_information.name",
  "features.bot_user.display_name",
  "features.shortcuts.0.name",
  "features.shortcuts.0.type",
  "features.shortcuts.0.callback_id",
  "features.shortcuts.0.description",
  "features.slash_commands.0.command",
  "features.slash_commands.0.description",
  "features.agent_view.suggested_prompts.0.title",
  "features.agent_view.suggested_prompts.0.message",
  "features.agent_view.actions.0.name",
  "features.agent_view.actions.0.description",
  "features.assistant_view.assistant_description",
  "features.assistant_view.suggested_prompts.0.title",
  "features.assistant_view.suggested_prompts.0.message",
  "settings.event_subscriptions.metadata_subscriptions.0.app_id",
  "settings.event_subscriptions.metadata_subscriptions.0.event_type",
  "settings.interactivity.is_enabled",
  // Slack takes version 1 for granted where none is named, which knows less.
  "_metadata.major_version",
];

const places = placesIn(whole);
const objects = places.filter(({ value }) => typeof value === "object" && !Array.isArray(value));
const keys = places.filter(({ path }) => typeof path.at(-1) === "string").map(({ path }) => path.join("."));

describe("what Slack takes as a manifest", () => {
  it("has every key that we know", () => {
    expect(Manifest.parse(whole)).toEqual(whole);
  });

  it.each(limits)("%s takes its limit and refuses what is beyond", (path, taken, refused) => {
    expect(takes(path, taken)).toBe(true);
    expect(takes(path, refused)).toBe(false);
  });

  it.each(objects.map(({ path }) => path.join(".") || "the whole"))("%s is closed to unknown keys", (name) => {
    expect(takes(name === "the whole" ? "unknown" : `${name}.unknown`, true)).toBe(false);
  });

  it.each(keys)("%s can be left out only where Slack lets it", (path) => {
    expect(takes(path, undefined)).toBe(!required.includes(path));
  });

  it.each(places.map(({ path }) => path.join(".")).filter(Boolean))("%s refuses a value of another kind", (path) => {
    expect(takes(path, Symbol("another kind"))).toBe(false);
  });
});
