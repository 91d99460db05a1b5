import { describe, it } from "vitest";
import { expectHeld, type Limit } from "./held.ts";
import * as s from "./samples.ts";

const { x, times, plain, mrkdwn, section, actions, button, confirm } = s;
const asked = (more: s.More) => actions(button({ confirm: confirm(more) }));

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
];

describe("a limit of Block Kit", () => {
  it.each(limits)("is held: %s", expectHeld);
});
