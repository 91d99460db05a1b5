import { SingleBar } from "cli-progress";

const megabyte = 1_000_000;

/** A bar on standard error, for people who wait. */
export function showProgress(bytes: number): { advance(bytes: number): void; stop(): void } {
  const bar = new SingleBar({
    format: "Reading {bar} {percentage} %  {value} of {total} MB  {eta_formatted} left",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    clearOnComplete: true,
    // Ctrl-C ends the import, not only the bar.
    gracefulExit: false,
    stream: process.stderr,
  });
  let done = 0;
  bar.start(Math.ceil(bytes / megabyte), 0);
  return {
    advance(more) {
      done += more;
      bar.update(Math.round(done / megabyte));
    },
    stop: () => bar.stop(),
  };
}
