import { browser } from 'wxt/browser';

/**
 * The life of a content script, as far as ours ask about it. The build takes it for WXT's own (0.21.4,
 * `ContentScriptContext`), which brings 2 kB of timers and listeners into every page that none of ours uses: see
 * `lifetimeOf`. Scripts of either kind end each other, by the same event, when another one starts in their page.
 */
export class ContentScriptContext {
  readonly #end = new AbortController();

  constructor(name: string) {
    const started = `${browser.runtime.id}:${name}:wxt:content-script-started`;
    const messageId = Math.random().toString(36).slice(2);
    document.dispatchEvent(new CustomEvent(started, { detail: { contentScriptName: name, messageId } }));
    document.addEventListener(started, () => this.#end.abort(), { signal: this.#end.signal });
  }

  /** False once the extension was updated or removed, or a newer script has started. Asking is what notices it. */
  get isValid(): boolean {
    // The types do not know that it goes.
    if ((browser.runtime as Partial<typeof browser.runtime> | undefined)?.id === undefined) this.#end.abort();
    return !this.#end.signal.aborted;
  }

  get isInvalid(): boolean {
    return !this.isValid;
  }

  onInvalidated(listener: () => void): void {
    this.#end.signal.addEventListener('abort', listener);
  }

  setInterval(listener: () => void, ms: number): void {
    const interval = setInterval(() => {
      if (this.isValid) listener();
    }, ms);
    this.onInvalidated(() => clearInterval(interval));
  }
}
