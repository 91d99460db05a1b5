/**
 * What a visitor does on the page, by path. Each takes the body of its request, gives what the page is to know of it beyond the state, and
 * throws where it makes no sense.
 */
export type Deeds = Readonly<Record<string, (body: unknown) => Promise<unknown>>>;
