/** A tag of the three that matter, with its attributes in any order; an attribute may hold ">". */
const tag = /<(\/?)(testcase|failure|error)(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/g;
const begins = /^<(?:testcase|failure|error)(?:\s|$)/;
const attribute = /([\w:.-]{1,60})\s{0,8}=\s{0,8}(?:"([^"<]*)"|'([^'<]*)')/g;
const longestTag = 8_192;

/** Finds failed tests in XML of JUnit's shape that a step printed, over any number of lines. */
export class JunitNames {
  #test: string | undefined;
  /** A tag that has not ended yet. */
  #begun = "";

  /** Takes the next line; the names of the tests that it tells to have failed. */
  read(line: string): readonly string[] {
    if (this.#begun === "" && !line.includes("<")) return [];
    const text = this.#begun === "" ? line : `${this.#begun} ${line}`;
    const failed: string[] = [];
    let done = 0;
    for (const { index, 0: whole, 1: slash, 2: name, 3: attributes = "" } of text.matchAll(tag)) {
      done = index + whole.length;
      if (name === "testcase") this.#test = slash || attributes.endsWith("/") ? undefined : nameOf(attributes);
      else if (!slash && this.#test !== undefined) {
        failed.push(this.#test);
        this.#test = undefined;
      }
    }
    const open = text.lastIndexOf("<");
    const isOpen = open >= done && text.length - open <= longestTag && begins.test(text.slice(open, open + 10));
    this.#begun = isOpen ? text.slice(open) : "";
    return failed;
  }
}

function nameOf(attributes: string): string | undefined {
  const values = new Map([...attributes.matchAll(attribute)].map(([, key, double, single]) => [key, decoded(double ?? single ?? "")]));
  const [suite, name] = [values.get("classname") || values.get("class"), values.get("name")];
  if (!name) return suite;
  if (!suite || name.startsWith(suite)) return name;
  return /^[\w.$]+$/.test(suite) && /^[\w$]+(?:[[(].*)?$/.test(name) ? `${suite}.${name}` : `${suite} > ${name}`;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
