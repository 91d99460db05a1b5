const mostLooked = 512;

/** What people write to show where a secret would stand. */
export function isExample(secret: string): boolean {
  const text = secret.slice(0, mostLooked);
  if (
    /example|sample|dummy|fake|placeholder|your|redacted|changeme|replace|insert|my[-_]?(?:secret|token|key|pass)|xxx|\*\*\*|\.\.\.|…|[<>{}$]|0000000|1234567|abcdefg/i.test(
      text,
    )
  )
    return true;
  // The payload of the token that every page about them shows.
  if (text.includes("eyJzdWIiOiIxMjM0NTY3ODkw")) return true;
  return new Set(text.replace(/^[a-z]{2,8}[-_](?=.{12})/i, "").toLowerCase()).size < 6;
}

/** A text that no person thought of: letters and digits without words. */
export function isRandom(secret: string): boolean {
  const text = secret.slice(0, mostLooked);
  if (text.length < 16 || !/\d/.test(text) || !/[A-Za-z]/.test(text) || /[\s(){}[\]<>$,;]/.test(text)) return false;
  // A UUID names something, and so do words with hyphens, paths and versions.
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return false;
  const segments = text.split(/[-_./:=+@]/).filter((each) => each !== "");
  return segments.some((each) => each.length >= 12 && isMixed(each));
}

/** Short, but of every kind of character. */
export const isPassword = (secret: string): boolean =>
  secret.length >= 8 &&
  secret.length <= 64 &&
  /[a-z]/.test(secret) &&
  /[A-Z]/.test(secret) &&
  /\d/.test(secret) &&
  !/[\s(){}[\]<>$./]|pass|secret|token/i.test(secret);

/** Letters and digits change places more than once, as they do not in `Windows10` or `getUser2`. */
const isMixed = (text: string): boolean => (text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0) >= 3;
