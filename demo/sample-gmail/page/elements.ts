type Attributes = Record<string, string | number | undefined>;
type Child = Node | string;

/**
 * `element('div.nH.bkK', { role: 'main' }, …children)`: an element with classes and attributes. The page's
 * policy forbids markup from strings, as Gmail's does, so everything is built like this.
 */
export function element(name: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const [tag = 'div', ...classes] = name.split('.');
  const made = document.createElement(tag);
  if (classes.length > 0) made.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** A line drawing on a grid of 24, from the data of one path. */
export function icon(path: string): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const drawing = document.createElementNS(namespace, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  drawing.setAttribute('d', path);
  svg.append(drawing);
  return svg;
}

/** Makes something that is no button one for mouse and keyboard, as Gmail does. */
export function onPress(target: HTMLElement, act: () => void): HTMLElement {
  target.tabIndex = 0;
  target.addEventListener('click', act);
  target.addEventListener('keydown', (event) => {
    if (event.target !== target || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    act();
  });
  return target;
}

export const icons = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  inbox: 'M4 5h16v14H4zM4 14h5a3 3 0 0 0 6 0h5',
  star: 'M12 4l2.4 5.2 5.6.6-4.2 3.8 1.2 5.6L12 16.4 7 19.2l1.2-5.6L4 9.8l5.6-.6z',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4l3 2',
  sent: 'M4 5l17 7-17 7 3-7zM7 12h7',
  draft: 'M6 3h8l4 4v14H6zM14 3v4h4',
  back: 'M20 12H5M11 6l-6 6 6 6',
  reply: 'M10 6l-6 6 6 6M4 12h9a7 7 0 0 1 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  calendar: 'M5 6h14v14H5zM5 10h14M9 3v4M15 3v4',
  note: 'M6 4h12v16H6zM9 9h6M9 13h6M9 17h3',
  tick: 'M5 12l5 5 9-10',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M5 20a7 7 0 0 1 14 0',
  envelope: 'M3 6h18v12H3zM3 7l9 7 9-7',
} as const;
