/** So many dots per CSS pixel: sharp on slides, too. */
const SCALE = 2;
const PADDING = 16;
const TITLE_HEIGHT = 28;
const FOOT_HEIGHT = 24;
/** What the page's style sheets and tokens say of a shape, which a picture on its own does not know. */
const PROPERTIES = [
  'fill',
  'stroke',
  'color',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant',
] as const;

/** A chart as a PNG, with its title above and a line below. */
export async function pictureOf(chart: SVGSVGElement, title: string, foot: string): Promise<Blob> {
  const { width, height } = chart.getBoundingClientRect();
  const image = await imageOf(standalone(chart));
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * PADDING) * SCALE;
  canvas.height = (height + 2 * PADDING + TITLE_HEIGHT + FOOT_HEIGHT) * SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no pictures.');
  const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name);
  context.scale(SCALE, SCALE);
  context.fillStyle = token('--surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  const write = (words: string, y: number, font: string, colour: string) => {
    context.font = `${font} ${token('--font')}`;
    context.fillStyle = token(colour);
    context.fillText(words, PADDING, y, width);
  };
  write(title, PADDING + 14, '600 15px', '--ink');
  context.drawImage(image, PADDING, PADDING + TITLE_HEIGHT, width, height);
  write(foot, PADDING + TITLE_HEIGHT + height + 18, '12px', '--ink-2');
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is empty.'))), 'image/png');
  });
}

function standalone(chart: SVGSVGElement): SVGSVGElement {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = chart.querySelectorAll<SVGElement>('*');
  for (const [index, element] of copy.querySelectorAll<SVGElement>('*').entries()) {
    const original = originals[index];
    if (original) bake(original, element);
  }
  bake(chart, copy);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return copy;
}

function bake(from: Element, to: SVGElement): void {
  const style = getComputedStyle(from);
  for (const property of PROPERTIES) to.style.setProperty(property, style.getPropertyValue(property));
}

async function imageOf(chart: SVGSVGElement): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(chart))}`;
  await image.decode();
  return image;
}
