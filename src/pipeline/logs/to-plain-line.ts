/** The runner puts seven digits of a second before each line; a program's own times have other lengths and stay. */
const timestamp = /^\uFEFF?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z ?/;

/** ECMA-48: CSI, then the strings OSC, DCS, SOS, PM and APC up to their terminator, then the short escapes. A cut one counts. */
const escapes =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /(?:\x1B\[|\x9B)[0-?]*[ -/]*(?:[@-~]|$)|(?:\x1B[\]PX^_]|[\x90\x98\x9D-\x9F])[^\x07\x1B\x9C]*(?:\x07|\x1B\\|\x9C)?|\x1B[ -/]*[0-~]?/g;

/** Everything that is not seen and can change what is: controls, bidi marks, zero-width and tag characters, the BOM. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
const breaks = /[\t\u2028\u2029]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const isOrdinary = /^[^\0-\x1F\x7F-\u{10FFFF}]*$/u;

const runnerCommand = /^##\[([a-z-]{1,20})\](.*)$/;
const workflowCommand = /^\s*::([a-z-]{1,30})((?: [^:]*(?::(?!:)[^:]*)*)?)::(.*)$/;

/** The runner's words for a line, as people read them; a line that says nothing by itself has none. */
const words: Readonly<Record<string, string>> = {
  command: "",
  debug: "Debug: ",
  error: "Error: ",
  group: "",
  notice: "Notice: ",
  section: "",
  warning: "Warning: ",
};

/** A line of a log as plain text: no escapes, no control or invisible characters, no timestamp, the runner's commands as words. */
export function toPlainLine(line: string): string {
  const text = withoutControls(line.replace(timestamp, ""));
  if (text.startsWith("##[")) return text.replace(runnerCommand, (whole, name, message) => toWords(whole, name, "", message));
  if (!text.includes("::")) return text;
  return text.replace(workflowCommand, (whole, name, properties, message) => toWords(whole, name, properties, decoded(message)));
}

/** The text without terminal sequences and invisible characters; what a carriage return overwrote is gone too. */
export function withoutControls(text: string): string {
  if (isOrdinary.test(text)) return text;
  const shown = text.replace(escapes, "").replace(/\r+$/, "");
  return shown
    .slice(shown.lastIndexOf("\r") + 1)
    .replace(breaks, "  ")
    .replace(unseen, "");
}

function toWords(whole: string, name: string, properties: string, message: string): string {
  if (name === "endgroup") return "";
  if (name === "add-mask") return "***";
  const word = words[name];
  if (word === undefined) return whole;
  const text = [placeOf(properties), message.trimStart()].filter(Boolean).join(": ");
  return text.toLowerCase().startsWith(word.toLowerCase().trimEnd()) ? text : `${word}${text}`;
}

function placeOf(properties: string): string {
  const values = Object.fromEntries(
    properties
      .trim()
      .split(",")
      .map((pair) => [pair.slice(0, pair.indexOf("=")).trim(), decoded(pair.slice(pair.indexOf("=") + 1))]),
  );
  const place = [values.file, values.line, values.file && values.line ? (values.col ?? values.column) : undefined];
  return [place.filter(Boolean).join(":"), values.title].filter(Boolean).join(": ");
}

const codes: Readonly<Record<string, string>> = { "%25": "%", "%0D": " ", "%0A": " ", "%3A": ":", "%2C": "," };

/** The runner's escapes inside workflow commands; line ends become spaces. */
function decoded(text: string): string {
  return text.replace(/%(?:25|0[AD]|3A|2C)/gi, (code) => codes[code.toUpperCase()] ?? code);
}
