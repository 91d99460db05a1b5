/** Hidden in every comment of ours: by it we find a comment again after a crash, and never take our own words for a command. */
const start = "<!-- nextrust:reply ";

/** @param key an outbox key; characters that could end the comment early are encoded */
export function replyMarker(key: string): string {
  return `${start}${encodeURIComponent(key).replaceAll("-", "%2D")} -->`;
}

/** The outbox key in a comment of ours. What is passed on in it stands above the marker. */
export function keyIn(body: string): string | undefined {
  const [, encoded] = /^([^ ]+) -->/.exec(body.slice(body.lastIndexOf(start) + start.length)) ?? [];
  try {
    return encoded && decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

/** Breaks every mark of ours in text that is shown as it is, so that it names nothing. */
export const withoutMarkers = (text: string): string => text.replaceAll(start, start.replace("<!--", "<!\u2060--"));

export const isOurs = (body: string): boolean => body.includes(start);
