import { isSeq, parseDocument, visit } from "yaml";
import { markdownTable } from "./markdown-table.ts";

/** The Slack app's scopes with the reasons that stand beside them in the manifest. Throws Error when one has no reason. */
export function scopeTable(manifest: string): string {
  return markdownTable(["Scope", "Why"], reasoned(manifest, ["oauth_config", "scopes", "bot"]));
}

/** The events that the Slack app is told of, as the scopes. */
export function eventTable(manifest: string): string {
  const events = reasoned(manifest, ["settings", "event_subscriptions", "bot_events"]);
  if (events.length > 0) return markdownTable(["Event", "Why"], events);
  return "None. The bot is sent slash commands and clicks on its own buttons, and nothing that people say to each other.";
}

function reasoned(manifest: string, path: readonly string[]): string[][] {
  const document = parseDocument(manifest);
  const list = document.getIn(path);
  if (list === undefined) return [];
  if (!isSeq(list)) throw new Error(`${path.join(".")} is no list.`);

  const rows: string[][] = [];
  visit(list, {
    Scalar(_, node) {
      if (!node.comment) throw new Error(`${String(node.value)} in manifest.yml has no reason beside it.`);
      rows.push([`\`${String(node.value)}\``, node.comment.trim()]);
    },
  });
  return rows;
}
