const alone = /^(?:mkfs(?:\..+)?|wipefs|blkdiscard|shutdown|reboot|poweroff|dropdb)$/;
const recursive = /^(?:-[a-zA-Z]*[rR][a-zA-Z]*|--recursive)$/;
const forced = /^(?:-[a-z]*f[a-z]*|--force.*|--mirror|--delete|\+.+)$/;

/**
 * Whether a text that cannot be read as a shell would has words in it, in this order and near to each other, with which things are destroyed. One that
 * has none may pass unread.
 */
export function hasDangerWords(text: string): boolean {
  let behindRm = 0;
  let behindDd = 0;
  let behindPush = 0;
  for (const [word] of text.matchAll(/[^\s;&|()<>`"'{}]{1,200}/g)) {
    const name = word.slice(word.lastIndexOf("/") + 1).replace(/^\\/, "");
    if (alone.test(name)) return true;
    if (behindRm > 0 && recursive.test(word)) return true;
    if (behindDd > 0 && word.startsWith("of=/dev/")) return true;
    if (behindPush > 0 && forced.test(word)) return true;
    behindRm = name === "rm" ? near : behindRm - 1;
    behindDd = name === "dd" ? near : behindDd - 1;
    behindPush = word === "push" ? near : behindPush - 1;
  }
  return false;
}

const near = 6;
