/** `2026-11-22 20:31 UTC`, of milliseconds since the epoch. */
export const momentInWords = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
