/**
 * Says that the page must be reloaded after an update: the old content script can no longer reach the
 * extension, so the words must have been fetched before.
 */
export function showReloadNote(insets: { top: number; right: number }, text: string, label: string): void {
  const host = document.createElement('tandem-dock');
  host.style.cssText = 'all:initial!important';
  const root = host.attachShadow({ mode: 'closed' });
  const box = document.createElement('div');
  box.setAttribute('role', 'status');
  box.style.cssText = [
    'position:fixed',
    'z-index:2147483000',
    `top:${insets.top + 8}px`,
    `right:${insets.right + 8}px`,
    'max-width:320px',
    'padding:12px 16px',
    'border-radius:8px',
    'background:#1f2430',
    'color:#fff',
    'font:14px/20px system-ui,sans-serif',
    'box-shadow:0 4px 16px #0006',
  ].join(';');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  button.style.cssText =
    'display:block;margin-top:8px;padding:4px 12px;border:1px solid #fff;border-radius:6px;background:none;color:inherit;font:inherit;cursor:pointer';
  button.addEventListener('click', () => location.reload());
  box.append(text, button);
  root.append(box);
  document.documentElement.append(host);
}
