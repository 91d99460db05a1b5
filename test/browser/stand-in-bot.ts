import { answer, answerJson, type Route, readBody } from "../../src/bot/http.ts";

const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const plain = (text: string) => ({ type: "plain_text", text });

const confirm = {
  title: plain("Retry now?"),
  text: mrkdwn("It costs *runner minutes*."),
  confirm: plain("Retry"),
  deny: plain("Not now"),
  style: "danger",
};

/** Every kind of block that the bot uses, and text that must never become markup. */
const blocks = [
  { type: "header", text: plain("Pipeline of #2") },
  {
    type: "section",
    text: mrkdwn("*2 of 7* jobs failed on `ab12cd3`: <https://example.com/run/1|run 1> &lt;img src=x onerror=alert(1)&gt;"),
  },
  {
    type: "section",
    fields: [mrkdwn("*Verdict*\nyours"), mrkdwn("*Spent*\n$0.42"), mrkdwn("*Owner*\n<@UNOBODY|nobody>"), mrkdwn("*Phase*\nlayout")],
  },
  {
    type: "table",
    rows: [
      ["Job", "State"],
      ["build (m68030)", "passed"],
      ["test-rust (m68040)", "failed"],
    ].map((row) => row.map((text) => ({ type: "raw_text", text }))),
  },
  {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_list",
        style: "ordered",
        offset: 2,
        elements: [
          {
            type: "rich_text_section",
            elements: [
              { type: "user", user_id: "UNOBODY" },
              { type: "text", text: " asked <b>" },
            ],
          },
        ],
      },
      { type: "rich_text_preformatted", elements: [{ type: "text", text: "error[E0308]: mismatched types\n  --> src/lib.rs:42:9" }] },
    ],
  },
  { type: "divider" },
  { type: "context", elements: [mrkdwn(":eyes: asked a moment ago"), mrkdwn("<javascript:alert(1)|not a link>")] },
  {
    type: "actions",
    elements: [
      { type: "button", text: plain("Retry failed jobs"), action_id: "run", value: "retry-job --failed", style: "primary", confirm },
      { type: "button", text: plain("Show logs"), action_id: "logs", value: "get-logs" },
    ],
  },
];

/** A bot of three routes: it acks commands with blocks, and GitHub and the pager with 202. A click gets a note: in the channel, or for logs in the message's place. */
export function standInBot(clicks: string[]): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/slack/events",
      async handle(request, response) {
        const form = new URLSearchParams((await readBody(request, 1_000_000)).toString());
        const payload = form.get("payload");
        if (payload === null) return answerJson(response, 200, { text: "Pipeline of #2", blocks });
        const { actions, response_url } = JSON.parse(payload) as { actions: { value: string }[]; response_url: string };
        const value = actions[0]?.value ?? "";
        clicks.push(value);
        answer(response, 200);
        const how = value === "get-logs" ? { replace_original: true } : { response_type: "in_channel" };
        await fetch(response_url, { method: "POST", body: JSON.stringify({ text: `Running ${value}`, ...how }) });
      },
    },
    { method: "POST", path: "/github/webhooks", handle: (_, response) => answer(response, 202) },
    { method: "POST", path: "/v1/pager", handle: (_, response) => answer(response, 202) },
  ];
}
