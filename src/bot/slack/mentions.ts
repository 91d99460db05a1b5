/**
 * The commands in a message that names us: each begins a line with the mention. What stands below one, up to the next, belongs to it.
 *
 * @param text as Slack encodes it: `<@U0NEXTRUST> status #12`
 * @returns each command without the mention
 */
export function mentionsIn(text: string, botUser: string): readonly string[] {
  const starts = new RegExp(`^[ \\t]{0,3}<@${botUser}(?:\\|[^>]*)?>[,:]?`);
  const commands: string[][] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (starts.test(line)) commands.push([line.replace(starts, "").trim()]);
    else commands.at(-1)?.push(line);
  }
  return commands.map((lines) => lines.join("\n"));
}
