import { describe, it } from "vitest";
import { expectHeld, type Limit } from "./held.ts";
import * as s from "./samples.ts";

const { x, times, plain, mrkdwn, section, button } = s;
const header = times(20, s.cell());
const week = (count: number) => times(count, (at) => `Day ${at}`);

const limits: readonly Limit[] = [
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
    "the same categories twice",
    s.bars([s.series("a", ["Mon", "Tue"])], { categories: ["Mon", "Tue"] }),
    s.bars([s.series("a", ["Mon", "Mon"])], { categories: ["Mon", "Mon"] }),
    "/chart/axis_config/categories",
  ],
  [
    "one point twice",
    s.bars([s.series("a", ["Tue", "Mon"])], { categories: ["Mon", "Tue"] }),
    s.bars([s.series("a", ["Mon", "Mon"])], { categories: ["Mon", "Tue"] }),
    "/chart/series",
  ],
  [
    "axis label below",
    s.bars([s.series("a")], { categories: ["Mon"], x_label: x(50) }),
    s.bars([s.series("a")], { categories: ["Mon"], x_label: x(51) }),
    "/chart/axis_config/x_label",
  ],
  [
    "axis label beside",
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
  it.each(limits)("is held: %s", expectHeld);
});
