/** The opaque id of something that the emulator does not store. */
export const nodeId = (type: string, id: number | string): string => Buffer.from(`0:${type}${id}`).toString("base64url");

/** The type and number in an id, the emulator's or ours. */
export function parseNodeId(id: string): { type: string; id: number } | undefined {
  const found = /^0:([A-Za-z]+)(\d+)$/.exec(Buffer.from(id, "base64").toString());
  return found?.[1] === undefined ? undefined : { type: found[1], id: Number(found[2]) };
}
