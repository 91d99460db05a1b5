import { describe, it } from "vitest";
import { expectHeld, type Limit } from "./held.ts";
import * as s from "./samples.ts";

const { x, times, plain, mrkdwn, section, actions, option, menu } = s;
const accessory = (element: s.More) => section({ text: mrkdwn("x"), accessory: element });
const chosen = (type: string, more: s.More) => actions({ type, action_id: "a", ...more });

const limits: readonly Limit[] = [
  [
    "option text",
    accessory(menu({ options: [option({ text: plain(x(75)) })] })),
    accessory(menu({ options: [option({ text: plain(x(76)) })] })),
    "/accessory/options/0/text/text",
  ],
  [
    "option value",
    accessory(menu({ options: [option({ value: x(150) })] })),
    accessory(menu({ options: [option({ value: x(151) })] })),
    "/accessory/options/0/value",
  ],
  [
    "option description",
    accessory(menu({ options: [option({ description: plain(x(75)) })] })),
    accessory(menu({ options: [option({ description: plain(x(76)) })] })),
    "/accessory/options/0/description/text",
  ],
  [
    "menu options",
    accessory(menu({ options: times(100, option()) })),
    accessory(menu({ options: times(101, option()) })),
    "/accessory/options",
  ],
  [
    "menu groups",
    accessory(menu({ option_groups: times(100, { label: plain("x"), options: [option()] }) })),
    accessory(menu({ option_groups: times(101, { label: plain("x"), options: [option()] }) })),
    "/accessory/option_groups",
  ],
  [
    "group label",
    accessory(menu({ option_groups: [{ label: plain(x(75)), options: [option()] }] })),
    accessory(menu({ option_groups: [{ label: plain(x(76)), options: [option()] }] })),
    "/accessory/option_groups/0/label/text",
  ],
  [
    "group options",
    accessory(menu({ option_groups: [{ label: plain("x"), options: times(100, option()) }] })),
    accessory(menu({ option_groups: [{ label: plain("x"), options: [] }] })),
    "/accessory/option_groups/0/options",
  ],
  [
    "options and groups at once",
    accessory(menu()),
    accessory(menu({ options: [option()], option_groups: [{ label: plain("x"), options: [option()] }] })),
    "/accessory",
  ],
  [
    "placeholder",
    accessory(menu({ options: [option()], placeholder: plain(x(150)) })),
    accessory(menu({ options: [option()], placeholder: plain(x(151)) })),
    "/accessory/placeholder/text",
  ],
  [
    "overflow",
    accessory({ type: "overflow", options: times(5, option()) }),
    accessory({ type: "overflow", options: times(6, option()) }),
    "/accessory/options",
  ],
  [
    "a link in an overflow only",
    accessory({ type: "overflow", options: [option({ url: x(3000) })] }),
    accessory(menu({ options: [option({ url: "x" })] })),
    "/accessory/options/0",
  ],
  [
    "a link in an overflow",
    accessory({ type: "overflow", options: [option({ url: x(3000) })] }),
    accessory({ type: "overflow", options: [option({ url: x(3001) })] }),
    "/accessory/options/0/url",
  ],
  [
    "checkboxes",
    accessory({ type: "checkboxes", options: times(10, option()) }),
    accessory({ type: "checkboxes", options: times(11, option()) }),
    "/accessory/options",
  ],
  [
    "radio buttons",
    accessory({ type: "radio_buttons", options: times(10, option()) }),
    accessory({ type: "radio_buttons", options: [] }),
    "/accessory/options",
  ],
  [
    "multi-select",
    chosen("multi_users_select", { max_selected_items: 1 }),
    chosen("multi_users_select", { max_selected_items: 0 }),
    "/elements/0/max_selected_items",
  ],
  [
    "conversation filter",
    chosen("conversations_select", { filter: { include: ["im", "public"] } }),
    chosen("conversations_select", { filter: { include: [] } }),
    "/elements/0/filter/include",
  ],
  [
    "rich text lines",
    chosen("rich_text_input", { min_lines: 1, max_lines: 100 }),
    chosen("rich_text_input", { max_lines: 101 }),
    "/elements/0/max_lines",
  ],
  ["input label", s.input(menu(), { label: plain(x(2000)) }), s.input(menu(), { label: plain(x(2001)) }), "/label/text"],
  ["input hint", s.input(menu(), { hint: plain(x(2000)) }), s.input(menu(), { hint: plain(x(2001)) }), "/hint/text"],
  [
    "least length",
    s.input({ type: "plain_text_input", min_length: 0 }),
    s.input({ type: "plain_text_input", min_length: 3001 }),
    "/element/min_length",
  ],
  [
    "most length",
    s.input({ type: "plain_text_input", max_length: 3000 }),
    s.input({ type: "plain_text_input", max_length: 0 }),
    "/element/max_length",
  ],
  [
    "text input's placeholder",
    s.input({ type: "email_text_input", placeholder: plain(x(150)) }),
    s.input({ type: "email_text_input", placeholder: plain(x(151)) }),
    "/element/placeholder/text",
  ],
  [
    "number input",
    s.input({ type: "number_input", is_decimal_allowed: false }),
    s.input({ type: "number_input" }),
    "/element/is_decimal_allowed",
  ],
  ["file input", s.input({ type: "file_input", max_files: 10 }), s.input({ type: "file_input", max_files: 11 }), "/element/max_files"],
  [
    "dispatch triggers",
    s.input({ type: "url_text_input", dispatch_action_config: { trigger_actions_on: ["on_enter_pressed"] } }),
    s.input({ type: "url_text_input", dispatch_action_config: { trigger_actions_on: [] } }),
    "/element/dispatch_action_config/trigger_actions_on",
  ],
  ["image alt text", s.image({ alt_text: x(2000) }), s.image({ alt_text: x(2001) }), "/alt_text"],
  ["image without alt text", s.image(), s.image({ alt_text: undefined }), "/alt_text"],
  ["image title", s.image({ title: plain(x(2000)) }), s.image({ title: plain(x(2001)) }), "/title/text"],
  ["image url", s.image({ image_url: x(3000) }), s.image({ image_url: x(3001) }), "/image_url"],
  [
    "one source of an image",
    s.image({ image_url: undefined, slack_file: { id: "F012345678" } }),
    s.image({ slack_file: { id: "F012345678" } }),
    "",
  ],
  ["image element", accessory(s.image({ alt_text: x(2000) })), accessory(s.image({ image_url: x(3001) })), "/accessory/image_url"],
  [
    "a file's id",
    s.image({ image_url: undefined, slack_file: { id: "F01234567" } }),
    s.image({ image_url: undefined, slack_file: { id: "G01234567" } }),
    "/slack_file/id",
  ],
  [
    "a file by id or url",
    s.image({ image_url: undefined, slack_file: { url: "https://x.test" } }),
    s.image({ image_url: undefined, slack_file: { id: "F01234567", url: "https://x.test" } }),
    "/slack_file",
  ],
  ["video title", s.video({ title: plain(x(200)) }), s.video({ title: plain(x(201)) }), "/title/text"],
  ["video author", s.video({ author_name: x(50) }), s.video({ author_name: x(51) }), "/author_name"],
  ["video provider", s.video({ provider_name: x(50) }), s.video({ provider_name: x(51) }), "/provider_name"],
  ["video description", s.video({ description: plain(x(200)) }), s.video({ description: plain(x(201)) }), "/description/text"],
  ["video alt text", s.video({ alt_text: x(2000) }), s.video({ alt_text: x(2001) }), "/alt_text"],
  ["video url", s.video({ video_url: x(3000) }), s.video({ video_url: x(3001) }), "/video_url"],
  ["video thumbnail", s.video({ thumbnail_url: x(3000) }), s.video({ thumbnail_url: x(3001) }), "/thumbnail_url"],
  ["video link", s.video({ title_url: x(2000) }), s.video({ title_url: x(2001) }), "/title_url"],
  ["file", { type: "file", external_id: x(255), source: "remote" }, { type: "file", external_id: "x", source: "local" }, "/source"],
  ["list indent", s.bullets({ indent: 8 }), s.bullets({ indent: 9 }), "/elements/0/indent"],
  ["list offset", s.bullets({ offset: 0 }), s.bullets({ offset: -1 }), "/elements/0/offset"],
  ["list border", s.bullets({ border: 1 }), s.bullets({ border: 2 }), "/elements/0/border"],
  [
    "text in rich text",
    s.richText(s.line({ type: "text", text: "x" })),
    s.richText(s.line({ type: "text", text: "" })),
    "/elements/0/elements/0/text",
  ],
];

describe("a limit of Block Kit", () => {
  it.each(limits)("is held: %s", expectHeld);
});
