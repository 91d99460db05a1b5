/** What somebody typed as Slack hands it to apps: markup's three characters escaped, and the bot's name as a mention. */
export const toSlackText = (typed: string, botUserId: string): string =>
  typed
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/(?<![\w@])@nextrust\b/gi, `<@${botUserId}>`);
