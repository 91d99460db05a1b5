import { createHmac } from "node:crypto";
import { slackSecret } from "../secrets.ts";

/** Everybody in the channel who types. */
export const commandersOf = (): string[] => Array.from({ length: 50 }, (_, at) => `U0BENCH${String(at).padStart(2, "0")}`);

/** Makes `/ci status #1` requests, each with a trigger of its own, signed now. */
export function slashRequests(url: URL, apiUrl: string): () => Buffer {
  const run = Date.now();
  const people = commandersOf();
  let count = 0;
  return () => {
    count += 1;
    const user = people[count % people.length] ?? "";
    const body =
      "token=unused&team_id=T0BENCH&team_domain=bench&channel_id=C0BENCH&channel_name=ci" +
      `&user_id=${user}&user_name=${user.toLowerCase()}&command=%2Fci&text=status+%231&api_app_id=A0BENCH&is_enterprise_install=false` +
      `&response_url=${encodeURIComponent(`${apiUrl}/response/${count}`)}&trigger_id=${run}.${count}.bench`;
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac("sha256", slackSecret).update(`v0:${timestamp}:${body}`).digest("hex");
    return Buffer.from(
      `POST /slack/events HTTP/1.1\r\nhost: ${url.host}\r\nuser-agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\naccept: */*\r\n` +
        `content-type: application/x-www-form-urlencoded\r\nx-slack-request-timestamp: ${timestamp}\r\nx-slack-signature: v0=${signature}\r\n` +
        `content-length: ${body.length}\r\n\r\n${body}`,
    );
  };
}
