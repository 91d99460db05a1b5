import { withoutControls } from "./to-plain-line.ts";

/** A shorter value is a word, not a secret: masking it would blacken the text and hide nothing. */
const shortest = 4;
/** Encoded forms of shorter values meet ordinary text by chance. */
const shortestEncoded = 8;

/** Every way a secret may be printed, in no order: as it is, line by line, without control characters, for URLs, JSON and base64. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = new Set(secrets.flatMap((secret) => [...written(secret), ...(secret.length >= shortestEncoded ? encoded(secret) : [])]));
  return [...forms].filter((form) => form.trim().length >= shortest);
}

/** A log shows a value of several lines line by line. */
function written(secret: string): readonly string[] {
  const lines = secret.split(/[\r\n]+/);
  return [secret, ...lines, ...lines.map((line) => withoutControls(line)), ...lines.map((line) => line.trim())];
}

function encoded(secret: string): readonly string[] {
  const url = encodeURIComponent(secret.toWellFormed());
  const base64 = [0, 1, 2].map((offset) => base64At(secret, offset)).filter((text) => text.length >= shortestEncoded);
  return [
    url,
    url.replaceAll("%20", "+"),
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(secret).slice(1, -1),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("base64url"),
  ];
}

/** The part of a base64 text that the secret alone decides when `offset` bytes (modulo 3) stand before it, as in "user:secret". */
function base64At(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const whole = Math.floor((bytes.length * 8) / 6);
  return bytes.toString("base64").slice(offset === 0 ? 0 : offset + 1, whole);
}
