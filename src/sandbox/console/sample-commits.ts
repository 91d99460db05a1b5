/** A file that nobody objects to, by how many were pushed before. */
export const soundFile = (count: number): Readonly<Record<string, string>> => ({
  [`src/frame-${count}.rs`]: `/// Long words that the unit stores when it is interrupted, in frames of version ${count}.
pub const FRAME_WORDS: usize = ${count + 2};

/// Bytes of such a frame, with its format word.
pub const fn frame_size() -> usize {
    4 + 4 * FRAME_WORDS
}
`,
});

/** One with two mistakes: it reads past the end, and writes a secret into the log. */
export const faultyFile = (count: number): Readonly<Record<string, string>> => ({
  [`src/registers-${count}.rs`]: `use crate::fpu::Session;

/// The sum over all registers, to see whether a trap has changed one.
pub fn checksum(session: &Session, registers: &[u32]) -> u32 {
    println!("checking registers for token {}", session.token);
    let (mut at, mut sum) = (0, ${count});
    while at <= registers.len() {
        sum ^= registers[at];
        at += 1;
    }
    sum
}
`,
});
