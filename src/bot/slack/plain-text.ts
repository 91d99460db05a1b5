/** What the person typed, out of Slack's escaped text: links, people and channels unwrapped, a phone's typography undone. */
export function plainText(text: string): string {
  return (
    text
      .replace(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label?: string) => unwrap(target, label))
      .replace(/&(amp|lt|gt);/g, (_, name: keyof typeof entities) => entities[name])
      .replace(/[“”„‟]/g, '"')
      .replace(/[‘’‚‛]/g, "'")
      .replace(/—/g, "--")
      // An en dash is a hyphen in a range or a name; alone, or before a word, it was typed as two.
      .replace(/(?<!\S)–(?=\s|\p{L}|$)/gu, "--")
  );
}

const entities = { amp: "&", lt: "<", gt: ">" } as const;

function unwrap(target: string, label: string | undefined): string {
  // Names can be changed by anybody, so people, groups and channels keep their identifier.
  if (/^[@#]/.test(target)) return target;
  const [command = "", group] = target.startsWith("!") ? target.slice(1).split("^") : [];
  if (command === "subteam") return `@${group ?? ""}`;
  if (command !== "") return label ?? `@${command}`;

  // Slack makes `foo.com` a link by itself: the label is what was typed. Under any other label the address is what was meant.
  const isAutomatic = label !== undefined && target.replace(/^(?:https?:\/\/|mailto:|tel:)/, "") === label;
  return isAutomatic ? label : target;
}
