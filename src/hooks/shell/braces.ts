const mostWords = 64;

/** @returns what `{a,b}` or `{1..3}` stands for; undefined where that is more than a plain list */
export function alternativesIn(written: string): readonly string[] | undefined {
  const range = /^\{(-?\d{1,6})\.\.(-?\d{1,6})\}$/.exec(written);
  if (range) return numbers(Number(range[1]), Number(range[2]));
  const list = /^\{([^{}'"`$\\]*,[^{}'"`$\\]*)\}$/.exec(written)?.[1]?.split(",");
  return list && list.length <= mostWords ? list : undefined;
}

function numbers(from: number, to: number): readonly string[] | undefined {
  const count = Math.abs(to - from) + 1;
  if (count > mostWords) return undefined;
  return Array.from({ length: count }, (_, index) => String(from + Math.sign(to - from) * index));
}
