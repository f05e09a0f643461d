/** Resolves when the signal is aborted, with the word for that; never rejects. No I/O. */
export function whenAborted(signal: AbortSignal): Promise<"interrupted"> {
  if (signal.aborted) return Promise.resolve("interrupted");
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve("interrupted"), { once: true });
  });
}
