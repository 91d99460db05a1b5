import type { ShellWord } from "../word.ts";
import type { Harm, Judge } from "./harm.ts";
import { partedOf } from "./options.ts";

const disk = /^\/dev\/(?:[hsv]d[a-z]|xvd[a-z]|nvme\d|mmcblk\d|r?disk\d|dm-\d|md\d|mapper\/|disk\/|nbd\d|sr\d)/;
/** A pattern or variable behind /dev/ stands for some disk. */
const isDisk = ({ value, text }: ShellWord): boolean =>
  disk.test(text) || (value === undefined && /^\/dev\/(?:\$|\{|disk|sd|nvme)/.test(text));

const writers = /^(?:mkfs(?:\..+)?|mke2fs|mkswap|wipefs|blkdiscard|shred|sgdisk|sfdisk|fdisk|parted|tee|cp|hdparm|badblocks|cryptsetup)$/;
/** With these they only look. */
const looks = /^(?:-l|--list|--print|-p|print|--no-act|isLuks|status|luksDump|-I|-i)$/;

/** Writing to a disk past its file system. */
export const overwrites: Judge = ({ program, words, redirects }) => {
  const redirected = redirects.find(({ operator, target }) => /^&?>/.test(operator) && isDisk(target));
  if (redirected) return harmTo(redirected.target);
  if (program === "dd") {
    const of = words.find(({ text }) => text.startsWith("of="));
    const target = of && { ...of, text: of.text.slice(3) };
    return target && isDisk(target) ? harmTo(target) : undefined;
  }
  if (program === undefined || !writers.test(program) || words.some(({ text }) => looks.test(text))) return undefined;
  const { operands } = partedOf(words);
  // What is copied from a disk is only read.
  const target = (program === "cp" ? operands.slice(-1) : operands).find(isDisk);
  return target && harmTo(target);
};

const harmTo = ({ text }: ShellWord): Harm => ({
  would: `overwrite the disk ${text}`,
  instead: "Write to a file, such as an image of a disk in the project, or ask the person to do it.",
});
