interface TokenShape {
  readonly of: string;
  /** Linear in the text. The group named `secret` is what to mask; without it, the whole match. */
  readonly pattern: RegExp;
}

/** What a variable that holds a secret ends in. */
const tellingName =
  "pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|signing[_-]?key|credentials?";

/** Values that say that there is no secret: masked by GitHub, a reference to a variable, an empty word, a type in code. */
const noSecret =
  "\\*{3}|\\$[A-Z_({]|\\{\\{|[=&:]|<[\\w .-]{0,40}>|(?:Option|Vec|Box|Arc|Rc|Result|Cow)<|(?:true|false|null|nil|none|undefined|required|missing|invalid|expired|string|str|number|bool(?:ean)?|any|is|was|not|and|or|expected|found)(?![\\w-])";

const telling = `(?<!unexpected )(?:${tellingName})`;

/** Shapes that tell a secret by themselves or by the name beside it, sorted. Hashes, commits and run ids have neither. */
export const tokenShapes: readonly TokenShape[] = [
  { of: "a command's flag", pattern: new RegExp(`--[\\w-]{0,40}(?:${tellingName})[ ](?<secret>(?!${noSecret}|-)[^\\s"'\`&;]{4,})`, "gi") },
  {
    of: "a quoted value",
    pattern: new RegExp(
      `${telling}\\\\?["']?\\s{0,8}(?:=>|[:=])\\s{0,8}(\\\\?["'\`])(?<secret>(?!${noSecret})(?:(?!\\1)(?:\\\\[^\\r\\n]|[^\\r\\n\\\\]))+)`,
      "gi",
    ),
  },
  {
    of: "a value",
    pattern: new RegExp(
      `${telling}\\\\?["']?\\s{0,8}(?:=>|[:=])[ \\t]{0,8}(?<secret>(?!${noSecret})[^\\s"'\`&;]*[A-Za-z0-9][^\\s"'\`&;]*)`,
      "gi",
    ),
  },
  {
    of: "an authorization",
    pattern:
      /authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:(?:bearer|basic|token|negotiate|digest|aws4-hmac-sha256)\s{1,4})?(?<secret>(?!\*{3}|(?:bearer|basic|token|negotiate|digest)\s)[^\s"'`]{4,}(?: [^\s"'`]+=[^\s"'`]+)*)/gi,
  },
  { of: "AWS key id", pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { of: "bearer", pattern: /(?<![\w-])bearer\s{1,4}(?<secret>[\w.~+/=-]{16,})/gi },
  { of: "cookie", pattern: /(?<![\w-])(?:set-)?cookie["']?: {0,4}(?<secret>[^\r\n"'`]{1,4096})/gi },
  { of: "GitHub", pattern: /(?:gh[pousr]_[A-Za-z0-9][\w-]{15,}|github_pat_\w{16,})(?:\.[\w-]+)*/g },
  { of: "GitLab", pattern: /gl(?:pat|ptt|rt|dt|soat|cbt)-[\w-]{16,}(?:\.[\w-]+)*/g },
  { of: "Google", pattern: /AIza[\w-]{30,}|ya29\.[\w-]{16,}|GOCSPX-[\w-]{16,}/g },
  { of: "JWT", pattern: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g },
  { of: "npm", pattern: /npm_[A-Za-z0-9]{30,}/g },
  { of: "OpenAI, Anthropic", pattern: /(?<![A-Za-z0-9])sk-[A-Za-z0-9][\w-]{18,}/g },
  { of: "Slack", pattern: /(?<![A-Za-z0-9])x(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]{10,}/g },
  { of: "Slack webhook", pattern: /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/-]{8,})/g },
  { of: "Stripe", pattern: /(?<![A-Za-z0-9])(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{10,}/g },
  { of: "URL", pattern: /:\/\/(?<secret>(?!\*{3})(?:[^\s/?#"'`@:]{0,256}:(?!\*{3}@)[^\s/?#"'`]{1,512}|[^\s/?#"'`@:]{16,256}))@/g },
];
