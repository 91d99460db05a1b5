import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether `given` is `prefix` and the hexadecimal HMAC-SHA256 of the parts, by any of the keys: while a secret is being rotated two are good.
 */
export function isSigned(given: string, prefix: string, keys: readonly string[], ...parts: readonly (string | Buffer)[]): boolean {
  const actual = Buffer.from(given);
  return keys.some((key) => {
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    const expected = Buffer.from(prefix + hmac.digest("hex"));
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  });
}
