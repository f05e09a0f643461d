/**
 * Acts on several addresses at the same time, since a window that waits leaves the machine to another;
 * each is acted on once. Rejects as the first of them does.
 */
export async function eachOf(
  addresses: readonly string[],
  act: (address: string) => Promise<void>,
): Promise<void> {
  const rest = addresses.values();
  const worker = async (): Promise<void> => {
    for (const address of rest) await act(address);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}
