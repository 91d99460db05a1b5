/** What the two pull requests change, by branch. The one about traps reads past the end of its queue: a review has something to find. */
export const seedChanges: Readonly<Record<string, string>> = {
  "align-on-m68040": `//! MOVE16 copies whole cache lines: what it copies has to begin on one.

/// Bytes in a cache line of the m68040.
pub const LINE: usize = 16;

/// The first cache line at or above an address.
pub const fn align_up(address: usize) -> usize {
    (address + LINE - 1) & !(LINE - 1)
}

/// Where so many bytes fit between two addresses, if they do.
pub fn fit(start: usize, end: usize, size: usize) -> Option<usize> {
    let begin = align_up(start);
    let last = begin.checked_add(size)?;
    (last <= end).then_some(begin)
}
`,
  "fpu-traps": `//! The m68040 leaves some instructions of the FPU to the kernel, and traps on each.

use crate::fpu::{Frame, Instruction};

/// Carries out what the unit has left, and gives how many instructions that were.
pub fn emulate(frame: &mut Frame, queue: &[Instruction]) -> usize {
    let mut at = 0;
    while at <= queue.len() {
        queue[at].carry_out(frame);
        at += 1;
    }
    at
}

/// The instruction that has trapped.
pub fn trapped(frame: &Frame) -> Instruction {
    Instruction::decode(frame.opcode()).unwrap()
}
`,
};

/** What reviewers heed, on main. */
export const guidelines = {
  path: "GEMINI.md",
  text: `# What reviewers heed

- The kernel has no heap before \`alloc\` has begun: no \`Vec\`, no \`String\` in what runs earlier.
- A trap handler never panics: it hands errors on.
- Every \`unsafe\` says why it is sound.
- Style is for rustfmt: say nothing of it.
`,
};
