/** The thread that a message stands in. The one that begins a thread stands in the channel, where its answer would be missed in the thread. */
export const threadOf = (ts: string | undefined, threadTs: string | undefined): string | undefined =>
  threadTs === ts ? undefined : threadTs;
