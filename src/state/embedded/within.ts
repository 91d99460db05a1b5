/** Rejects when the work takes longer than that; the work itself cannot be stopped. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`A transaction took more than ${limitMs} ms: await nothing foreign inside.`)), limitMs);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
