interface Context {
  signal: AbortSignal;
}

/**
 * Tells whether this page can be seen: `false` for a frame that the page around it has folded to nothing,
 * which keeps its content. Calls back when that changes. An observer knows without forcing a layout.
 */
export function watchFrameRoom({ signal }: Context, changed: () => void): () => boolean {
  if (window === window.top) return () => true;
  let room = innerWidth > 0 && innerHeight > 0;
  const observer = new IntersectionObserver((entries) => {
    room = entries.at(-1)!.isIntersecting && innerWidth > 0 && innerHeight > 0;
    changed();
  });
  observer.observe(document.documentElement);
  signal.addEventListener('abort', () => observer.disconnect());
  return () => room;
}
