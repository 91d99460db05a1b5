import { describe, expect, it } from "vitest";
import { pullRequestsIn } from "../../../src/bot/slack/pull-requests-in.ts";

describe("the pull requests that a message names", () => {
  it.each([
    ["look at acme/shop#12 please", ["acme/shop#12"]],
    ["<https://github.com/acme/shop/pull/12/files|the diff>", ["acme/shop#12"]],
    ["<https://github.com/acme/shop/pull/12> and acme/shop#12", ["acme/shop#12"]],
    ["acme/shop#1, acme/site#2", ["acme/shop#1", "acme/site#2"]],
    ["see #5", ["home/repo#5"]],
    ["&#39; is an apostrophe, a#1 and #0 are nothing", []],
    ["https://github.com/acme/shop/issues/12", []],
    ["../../etc#1", []],
  ])("%s", (text, found) => {
    expect(pullRequestsIn({ text }, "home/repo")).toEqual(found);
  });

  it("are found in blocks and attachments, and #5 means nothing without a repository", () => {
    const message = {
      text: "#5",
      blocks: [{ type: "rich_text", elements: [{ elements: [{ type: "link", url: "https://github.com/acme/shop/pull/3", text: "x" }] }] }],
      attachments: [{ title_link: "https://github.com/acme/site/pull/4" }],
    };

    expect(pullRequestsIn(message, undefined)).toEqual(["acme/shop#3", "acme/site#4"]);
  });

  it("are found in linear time in hostile text", () => {
    expect(pullRequestsIn({ text: "a/".repeat(20_000) + "#1".repeat(1000) }, undefined)).toEqual([]);
  });
});
