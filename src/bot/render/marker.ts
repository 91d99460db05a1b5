/** Hidden in every comment of ours: by it we find a comment again after a crash, and never take our own words for a command. */
const start = "<!-- nextrust:reply ";

/** @param key an outbox key; characters that could end the comment early are encoded */
export function replyMarker(key: string): string {
  return `${start}${encodeURIComponent(key).replaceAll("-", "%2D")} -->`;
}

export const isOurs = (body: string): boolean => body.includes(start);
