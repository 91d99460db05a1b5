/** Money, exact: 10^12 are one US dollar, so that the price of a single token is a whole number. */
export type PicoUsd = bigint;

const decimals = 12;
const picoPerUsd = 10n ** BigInt(decimals);
const picoPerCent = picoPerUsd / 100n;

/** @returns the amount that a decimal such as `12.50`, `$5` or `1,000` says, or undefined where it is none or finer than 10^-12 dollars */
export function parseUsd(text: string): PicoUsd | undefined {
  const [, sign, whole, fraction = ""] = /^(-?)\$?(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  const digits = fraction.replace(/0+$/, "");
  if (whole === undefined || digits.length > decimals) return undefined;
  const pico = BigInt(whole.replaceAll(",", "")) * picoPerUsd + BigInt(digits.padEnd(decimals, "0"));
  return sign === "-" ? -pico : pico;
}

/** @returns what a number of a JSON file says, as it is written; what is finer than 10^-12 dollars is rounded, half to even */
export function toPico(usd: number): PicoUsd {
  const pico = readDecimal(usd.toString());
  if (pico === undefined) throw new RangeError(`${usd} is no amount of money.`);
  return pico;
}

/**
 * @param text a decimal as programs write it: `-0.06`, `8.958e-7`
 * @param exponent of ten: -2 where the text says cents
 * @returns the amount, rounded as by `toPico`; undefined where it is none
 */
export function readDecimal(text: string, exponent = 0): PicoUsd | undefined {
  const [, sign, whole, fraction = "", power = "0"] = /^(-?)(\d{1,40})(?:\.(\d{0,60}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const shift = decimals + exponent + Number(power) - fraction.length;
  const digits = BigInt(whole + fraction);
  const pico = shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfEven(digits, 10n ** BigInt(-shift));
  return sign === "-" ? -pico : pico;
}

/** For people: `$1,234.50`, rounded half to even; what is something is never shown as nothing. */
export function showUsd(pico: PicoUsd): string {
  const size = pico < 0n ? -pico : pico;
  const sign = pico < 0n ? "-" : "";
  if (size > 0n && size < picoPerCent) return sign === "" ? "<$0.01" : ">-$0.01";
  const cents = divideHalfEven(size, picoPerCent);
  const whole = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}$${whole}.${(cents % 100n).toString().padStart(2, "0")}`;
}

/** For programs: every digit, and none too many. `-0.000000000001`, `12.5` */
export function exactUsd(pico: PicoUsd): string {
  const size = pico < 0n ? -pico : pico;
  const fraction = (size % picoPerUsd).toString().padStart(decimals, "0").replace(/0+$/, "");
  return `${pico < 0n ? "-" : ""}${size / picoPerUsd}${fraction && `.${fraction}`}`;
}

/** For drawings and shares, where the last digits do not matter. */
export const roughUsd = (pico: PicoUsd): number => Number(pico) / Number(picoPerUsd);

/** Both positive. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = 2n * (dividend % divisor);
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

export const sumOf = (amounts: readonly PicoUsd[]): PicoUsd => amounts.reduce((sum, each) => sum + each, 0n);
