/** Resolves in a task of its own: whatever else waits for this thread runs first. */
export function nextTask(): Promise<void> {
  // Not setTimeout: browsers make repeated ones wait 4 ms each.
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
