/**
 * Makes of something asynchronous what never runs twice at once. Whoever asks while it runs makes it run once more, so
 * that what they have just changed is seen; all who ask wait until there is nothing more to do. It fails as its last run.
 */
export function oneAtATime(run: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const all = async () => {
    try {
      do {
        again = false;
        await run().catch((error: unknown) => {
          if (!again) throw error;
        });
      } while (again);
    } finally {
      // In the same turn as the last look at `again`: who asked in between would wait for nothing.
      running = null;
    }
  };
  return () => {
    again = true;
    return (running ??= all());
  };
}
