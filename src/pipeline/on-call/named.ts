/** What an entry of a calendar says about whose it is. All of it is foreign text. */
export interface Entry {
  readonly summary: string;
  /** E-mail addresses. */
  readonly attendees: readonly string[];
}

export interface Named {
  /** Ids of people in Slack. */
  readonly people: readonly string[];
  /** Who is named and not known, or the summary where it names nobody. */
  readonly unknown: readonly string[];
}

const address = /[^\s<>()[\],;:"]+@[^\s<>()[\],;:"]+/g;
/** Ids are longer than words in capitals, and have a digit. */
const slackId = /(?<![\p{L}\p{N}])(?=[A-Z]*\d)[UW][A-Z0-9]{8,}(?![\p{L}\p{N}])/gu;
const longestShown = 80;

/** Tells whom entries of a calendar mean. Nobody is guessed: a name counts when it stands there whole, and the longer name goes first. */
export function nameReader(people: Readonly<Record<string, string>>): (entry: Entry) => Named {
  const keys = Object.entries(people).map(([key, id]): [string, string] => [fold(key), id]);
  const byAddress = new Map(keys.filter(([key]) => key.includes("@")));
  const names = keys
    .filter(([key]) => !key.includes("@"))
    .toSorted(([one], [other]) => other.length - one.length)
    .map(([name, id]) => ({ pattern: new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, "gu"), id }));

  return ({ summary, attendees }) => {
    const found = new Set<string>();
    const addressesIn = (summary.match(address) ?? []).map((one) => one.replace(/[.!?]+$/, ""));
    for (const one of [...attendees, ...addressesIn]) found.add(byAddress.get(fold(one)) ?? "");
    const rest = summary.replaceAll(address, " ");
    for (const [id] of rest.matchAll(slackId)) found.add(id);
    let words = fold(rest);
    for (const { pattern, id } of names) {
      const without = words.replaceAll(pattern, " | ");
      if (without !== words) found.add(id);
      words = without;
    }
    found.delete("");

    const strangers = attendees.filter((one) => !byAddress.has(fold(one)));
    const nobody = found.size === 0 && strangers.length === 0 ? [summary.trim() || "(no title)"] : [];
    return { people: [...found], unknown: [...strangers, ...nobody].map((one) => one.slice(0, longestShown)) };
  };
}

const fold = (text: string): string => text.normalize("NFC").trim().toLowerCase();
