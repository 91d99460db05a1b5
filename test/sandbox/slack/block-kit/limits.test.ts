import { describe, expect, it } from "vitest";
import { blockKitProblem } from "../../../../src/sandbox/slack/block-kit/message.ts";
import * as s from "./samples.ts";

const { x, times, plain, mrkdwn, section, actions, button, confirm, option, menu } = s;
const accessory = (element: s.More) => section({ text: mrkdwn("x"), accessory: element });
const asked = (more: s.More) => actions(button({ confirm: confirm(more) }));
const chosen = (type: string, more: s.More) => actions({ type, action_id: "a", ...more });
const header = times(20, s.cell());
const week = (count: number) => times(count, (at) => `Day ${at}`);

/** What is just within a limit, what is just beyond it, and where Slack would point. */
type Limit = readonly [name: string, within: s.More, beyond: s.More, pointer: string];

const limits: readonly Limit[] = [
  ["section text", section({ text: plain(x(3000)) }), section({ text: plain(x(3001)) }), "/text/text"],
  ["section without text or fields", section({ fields: [mrkdwn("x")] }), section({}), ""],
  ["section fields", section({ fields: times(10, mrkdwn("x")) }), section({ fields: times(11, mrkdwn("x")) }), "/fields"],
  ["a field", section({ fields: [mrkdwn(x(2000))] }), section({ fields: [mrkdwn(x(2001))] }), "/fields/0/text"],
  ["block_id", section({ text: plain("x"), block_id: x(255) }), section({ text: plain("x"), block_id: x(256) }), "/block_id"],
  ["header", { type: "header", text: plain(x(150)) }, { type: "header", text: plain(x(151)) }, "/text/text"],
  ["context", { type: "context", elements: times(10, mrkdwn("x")) }, { type: "context", elements: times(11, mrkdwn("x")) }, "/elements"],
  ["context without elements", { type: "context", elements: [s.image()] }, { type: "context", elements: [] }, "/elements"],
  ["markdown", { type: "markdown", text: x(12_000) }, { type: "markdown", text: x(12_001) }, "/text"],
  [
    "actions",
    actions(...times(25, (at) => button({ action_id: `a${at}` }))),
    actions(...times(26, (at) => button({ action_id: `a${at}` }))),
    "/elements",
  ],
  ["action_id", actions(button({ action_id: x(255) })), actions(button({ action_id: x(256) })), "/elements/0/action_id"],
  ["button text", actions(button({ text: plain(x(75)) })), actions(button({ text: plain(x(76)) })), "/elements/0/text/text"],
  ["button value", actions(button({ value: x(2000) })), actions(button({ value: x(2001) })), "/elements/0/value"],
  ["button url", actions(button({ url: x(3000) })), actions(button({ url: x(3001) })), "/elements/0/url"],
  [
    "button label",
    actions(button({ accessibility_label: x(75) })),
    actions(button({ accessibility_label: x(76) })),
    "/elements/0/accessibility_label",
  ],
  ["button style", actions(button({ style: "danger" })), actions(button({ style: "warning" })), "/elements/0/style"],
  ["confirm title", asked({ title: plain(x(100)) }), asked({ title: plain(x(101)) }), "/elements/0/confirm/title/text"],
  ["confirm text", asked({ text: mrkdwn(x(300)) }), asked({ text: mrkdwn(x(301)) }), "/elements/0/confirm/text/text"],
  ["confirm yes", asked({ confirm: plain(x(30)) }), asked({ confirm: plain(x(31)) }), "/elements/0/confirm/confirm/text"],
  ["confirm no", asked({ deny: plain(x(30)) }), asked({ deny: plain(x(31)) }), "/elements/0/confirm/deny/text"],
  ["workflow button text", s.workflowButton({ text: plain(x(75)) }), s.workflowButton({ text: plain(x(76)) }), "/elements/0/text/text"],
  [
    "workflow button label",
    s.workflowButton({ accessibility_label: x(75) }),
    s.workflowButton({ accessibility_label: x(76) }),
    "/elements/0/accessibility_label",
  ],
  ["workflow button id", s.workflowButton(), s.workflowButton({ action_id: undefined }), "/elements/0/action_id"],
  [
    "feedback text",
    s.feedbackButtons({ text: plain(x(75)) }),
    s.feedbackButtons({ text: plain(x(76)) }),
    "/elements/0/positive_button/text/text",
  ],
  ["feedback value", s.feedbackButtons({ value: x(2000) }), s.feedbackButtons({ value: x(2001) }), "/elements/0/positive_button/value"],
  [
    "feedback label",
    s.feedbackButtons({ accessibility_label: x(75) }),
    s.feedbackButtons({ accessibility_label: x(76) }),
    "/elements/0/positive_button/accessibility_label",
  ],
  [
    "context actions",
    s.contextActions(...times(5, (at) => s.iconButton({ action_id: `a${at}` }))),
    s.contextActions(...times(6, (at) => s.iconButton({ action_id: `a${at}` }))),
    "/elements",
  ],
  [
    "icon button value",
    s.contextActions(s.iconButton({ value: x(2000) })),
    s.contextActions(s.iconButton({ value: x(2001) })),
    "/elements/0/value",
  ],
  [
    "icon button label",
    s.contextActions(s.iconButton({ accessibility_label: x(75) })),
    s.contextActions(s.iconButton({ accessibility_label: x(76) })),
    "/elements/0/accessibility_label",
  ],
  [
    "icon button viewers",
    s.contextActions(s.iconButton({ visible_to_user_ids: times(10, "U1") })),
    s.contextActions(s.iconButton({ visible_to_user_ids: times(11, "U1") })),
    "/elements/0/visible_to_user_ids",
  ],
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
  ["table rows", s.table(times(100, [s.cell()])), s.table(times(101, [s.cell()])), "/rows"],
  ["table cells", s.table([header]), s.table([[...header, s.cell()]]), "/rows/0"],
  [
    "table columns",
    s.table([[s.cell()]], { column_settings: times(20, null) }),
    s.table([[s.cell()]], { column_settings: times(21, null) }),
    "/column_settings",
  ],
  ["ragged rows in a table", s.table([header, [s.cell()]]), s.dataTable([header, [s.cell()]]), "/rows/1"],
  ["data table rows", s.dataTable(times(201, [s.cell()])), s.dataTable(times(202, [s.cell()])), "/rows"],
  ["data table with a header only", s.dataTable(times(2, [s.cell()])), s.dataTable([[s.cell()]]), "/rows"],
  ["data table columns", s.dataTable([header, header]), s.dataTable(times(2, [...header, s.cell()])), "/rows/0"],
  [
    "data table page",
    s.dataTable(times(2, [s.cell()]), { page_size: 100 }),
    s.dataTable(times(2, [s.cell()]), { page_size: 101 }),
    "/page_size",
  ],
  ["data table caption", s.dataTable(times(2, [s.cell()])), s.dataTable(times(2, [s.cell()]), { caption: undefined }), "/caption"],
  ["data table header", s.dataTable([[s.cell()], [s.richText()]]), s.dataTable([[s.richText()], [s.cell()]]), "/rows/0/0/type"],
  [
    "row header",
    s.dataTable([header, header], { row_header_column_index: 19 }),
    s.dataTable([header, header], { row_header_column_index: 20 }),
    "/row_header_column_index",
  ],
  ["chart title", s.pie([s.segment()], x(50)), s.pie([s.segment()], x(51)), "/title"],
  ["pie segments", s.pie(times(12, s.segment())), s.pie(times(13, s.segment())), "/chart/segments"],
  ["pie value", s.pie([s.segment({ value: 0.1 })]), s.pie([s.segment({ value: 0 })]), "/chart/segments/0/value"],
  ["pie label", s.pie([s.segment({ label: x(20) })]), s.pie([s.segment({ label: x(21) })]), "/chart/segments/0/label"],
  ["chart series", s.bars(times(12, (at) => s.series(`S${at}`))), s.bars(times(13, (at) => s.series(`S${at}`))), "/chart/series"],
  ["names of series", s.bars([s.series("a"), s.series("b")]), s.bars([s.series("a"), s.series("a")]), "/chart/series"],
  ["name of a series", s.bars([s.series(x(20))]), s.bars([s.series(x(21))]), "/chart/series/0/name"],
  [
    "points",
    s.bars([s.series("a", week(20))], { categories: week(20) }),
    s.bars([s.series("a", week(21))], { categories: week(21) }),
    "/chart/series/0/data",
  ],
  [
    "categories",
    s.bars([s.series("a", week(20))], { categories: week(20) }),
    s.bars([s.series("a", week(21))], { categories: week(21) }),
    "/chart/axis_config/categories",
  ],
  [
    "a point for each category",
    s.bars([s.series("a", week(2))], { categories: week(2) }),
    s.bars([s.series("a", week(2))], { categories: week(3) }),
    "/chart/series",
  ],
  [
    "axis label",
    s.bars([s.series("a")], { categories: ["Mon"], y_label: x(50) }),
    s.bars([s.series("a")], { categories: ["Mon"], y_label: x(51) }),
    "/chart/axis_config/y_label",
  ],
  ["card title", s.card({ title: mrkdwn(x(150)) }), s.card({ title: mrkdwn(x(151)) }), "/title/text"],
  [
    "card subtitle",
    s.card({ title: mrkdwn("x"), subtitle: mrkdwn(x(150)) }),
    s.card({ title: mrkdwn("x"), subtitle: mrkdwn(x(151)) }),
    "/subtitle/text",
  ],
  ["card body", s.card({ body: mrkdwn(x(200)) }), s.card({ body: mrkdwn(x(201)) }), "/body/text"],
  [
    "card subtext",
    s.card({ body: mrkdwn("x"), subtext: mrkdwn(x(200)) }),
    s.card({ body: mrkdwn("x"), subtext: mrkdwn(x(201)) }),
    "/subtext/text",
  ],
  ["card buttons", s.card({ actions: times(3, button()) }), s.card({ actions: times(4, button()) }), "/actions"],
  ["card without content", s.card({ hero_image: s.image() }), s.card({ subtitle: mrkdwn("x") }), ""],
  ["carousel", { type: "carousel", elements: times(10, s.card()) }, { type: "carousel", elements: times(11, s.card()) }, "/elements"],
  ["container title", s.container({ title: plain(x(150)) }), s.container({ title: plain(x(151)) }), "/title/text"],
  ["container titles", s.container({ title: undefined, rich_text_title: s.richText() }), s.container({ title: undefined }), ""],
  ["container subtitle", s.container({ subtitle: mrkdwn(x(150)) }), s.container({ subtitle: mrkdwn(x(151)) }), "/subtitle/text"],
  [
    "container children",
    s.container({ child_blocks: times(10, section()) }),
    s.container({ child_blocks: times(11, section()) }),
    "/child_blocks",
  ],
  [
    "kinds of children",
    s.container({ child_blocks: [s.table([[s.cell()]])] }),
    s.container({ child_blocks: [s.card()] }),
    "/child_blocks/0/type",
  ],
  ["container width", s.container({ width: "full" }), s.container({ width: "huge" }), "/width"],
  [
    "plan tasks",
    s.plan(times(50, (at) => s.task({ task_id: `t${at}` }))),
    s.plan(times(51, (at) => s.task({ task_id: `t${at}` }))),
    "/tasks",
  ],
  ["a plan's ids", s.plan([s.task({ status: "pending" })]), s.plan([s.task(), s.task()]), "/tasks"],
  ["a plan without tasks", s.plan([]), { type: "plan", title: "x" }, "/tasks"],
  ["task on its own", s.task({ status: "in_progress" }), s.task({ status: "pending" }), "/status"],
  ["task title", s.task(), s.task({ title: undefined }), "/title"],
  [
    "task source",
    s.task({ sources: [{ type: "url", url: x(3000), text: "x" }] }),
    s.task({ sources: [{ type: "url", url: x(3001), text: "x" }] }),
    "/sources/0/url",
  ],
  ["an unknown block", { type: "divider" }, { type: "bogus" }, "/type"],
];

describe("a limit of Block Kit", () => {
  it.each(limits)("is held: %s", (_, within, beyond, pointer) => {
    // As it goes over the wire, where nothing is undefined.
    const sent = (block: s.More) => JSON.parse(JSON.stringify([block]));

    expect(blockKitProblem(sent(within))).toBeUndefined();
    expect(blockKitProblem(sent(beyond))?.messages.join("\n")).toContain(`[json-pointer:/blocks/0${pointer}]`);
  });

  it.each([
    ["two charts, not three", times(2, s.pie([s.segment()])), times(3, s.pie([s.segment()]))],
    ["20,000 characters in data tables", [big(10, 2000)], [big(11, 2000)]],
    ["10,000 characters in a table", [s.table(times(4, [s.cell(x(2500))]))], [s.table([...times(4, [s.cell(x(2500))]), [s.cell()]])]],
    ["fifty blocks", times(50, section()), times(51, section())],
  ])("is held over a whole message: %s", (_, within, beyond) => {
    expect(blockKitProblem(within)).toBeUndefined();
    expect(blockKitProblem(beyond)).toMatchObject({
      error: "invalid_blocks",
      messages: [expect.stringContaining("[json-pointer:/blocks]")],
    });
  });
});

function big(rows: number, length: number) {
  return s.dataTable(times(rows, [s.cell(x(length))]));
}
